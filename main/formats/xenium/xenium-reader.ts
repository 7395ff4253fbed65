import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Column } from '../../dataset/column.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { CellBorders, SpatialLayout } from '../../dataset/spatial-layout.ts';
import type { FormatReader, ImportChoice, ImportOptions } from '../format-reader.ts';
import { formatReader } from '../found-dataset.ts';
import type { FoundDataset, ReadPurpose } from '../found-dataset.ts';
import { keepObservations } from '../kept-observations.ts';
import { findTenxH5 } from '../tenx-h5/tenx-h5-reader.ts';
import { findTenxMtx } from '../tenx-mtx/tenx-mtx-reader.ts';
import { readBorders } from './cell-borders.ts';
import { readCells } from './cell-table.ts';
import { findXeniumFiles } from './xenium-files.ts';

const bordersChoice: ImportChoice = {
  key: 'borders',
  label: 'Borders of the cells',
  help: 'The outlines of the cells, for drawing them. They make the project larger.',
  kind: 'one-of',
  options: [
    { value: 'yes', label: 'With borders' },
    { value: 'no', label: 'Without' },
  ],
  default: 'yes',
};

/**
 * Output folders of the Xenium Analyzer and of Xenium Ranger: `cell_feature_matrix`, `cells` and, where it is there,
 * `cell_boundaries`. `spatial` in obsm holds the centroids in µm, y downwards. The microscope images stay in their
 * folder: they are OME-TIFF of several GB.
 */
export const xeniumReader: FormatReader = formatReader({
  id: 'xenium',
  title: 'Xenium',
  accepts: 'Xenium output folder (cell_feature_matrix.h5 and cells.parquet or cells.csv.gz)',
  sniff: async (path) => (await findXeniumFiles(path)) !== null,
  find,
});

async function find(path: string, options: ImportOptions, purpose: ReadPurpose, task: LongTask): Promise<FoundDataset> {
  const files = await findXeniumFiles(path);
  if (files === null)
    throw new LacunaError(
      'bad-file',
      `${path} is no Xenium folder: cell_feature_matrix.h5 and cells.parquet (or cells.csv.gz) were expected in it.`,
      'Choose the output folder of the run.',
      { file: path },
    );
  const choices = files.borders === null ? [] : [bordersChoice];
  const found = files.matrixIsFolder
    ? await findTenxMtx(files.matrix, options, purpose, task, { choices })
    : await findTenxH5(files.matrix, options, task, { choices });
  try {
    const table = await readCells(files.cells, found.obs.names, task);
    const kept = Int32Array.from(found.obs.names.keys()).filter((i) => table.known[i] === 1);
    if (kept.length === 0) throw ofOtherRuns(files.cells, found.obs.names[0]);
    const read = [files.cells, ...(found.options['borders'] === 'yes' && files.borders ? [files.borders] : [])];
    const sizes = await Promise.all(read.map(async (one) => ({ path: one, bytes: (await stat(one)).size })));
    const dataset = keepObservations(
      {
        ...found,
        title: `Xenium (${found.title})`,
        files: [...found.files, ...sizes],
        obs: { names: found.obs.names, columns: [...found.obs.columns, ...table.columns] },
        obsm: [{ name: 'spatial', nDim: 2, values: table.centroids, unit: 'µm' }],
        warnings: [...found.warnings, ...leftOut(kept.length, found.obs.names.length, files.cells)],
      },
      kept,
    );
    const borders =
      read.length === 1
        ? null
        : purpose === 'inspect'
          ? noBorders(kept.length)
          : await readBorders(read[1], dataset.obs.names, task);
    return { ...dataset, spatial: layout(dataset.obs.columns, borders) };
  } catch (error) {
    found.close();
    throw error;
  }
}

function layout(columns: readonly Column[], borders: CellBorders | null): SpatialLayout {
  const area = columns.find(({ name }) => name === 'cell_area');
  return {
    obsm: 'spatial',
    micrometresPerUnit: 1,
    spotSize: area?.kind === 'numeric' ? medianDiameter(area.values) : null,
    spotShape: 'circle',
    yDown: true,
    images: [],
    borders,
  };
}

/** Of the circles as large as the cells. @param areas [nObs], µm² */
function medianDiameter(areas: Float64Array): number | null {
  const known = areas.filter((area) => area > 0).sort();
  return known.length === 0 ? null : 2 * Math.sqrt(known[known.length >> 1] / Math.PI);
}

/** An inspection tells that there are borders without reading them. */
function noBorders(nObs: number): CellBorders {
  return { offsets: new Uint32Array(nObs + 1), vertices: new Float32Array(0) };
}

function leftOut(kept: number, all: number, cells: string): string[] {
  if (kept === all) return [];
  const count = (all - kept).toLocaleString('en-US');
  return [
    `${count} of ${all.toLocaleString('en-US')} cells of the matrix are not in ${basename(cells)} and were left out.`,
  ];
}

function ofOtherRuns(cells: string, first: string | undefined): LacunaError {
  return new LacunaError(
    'bad-file',
    `No cell of the matrix is in ${basename(cells)} (the first is ${first ?? 'missing'}).`,
    'The matrix and the table of cells are of different runs: put those of the same run together.',
    { file: cells },
  );
}
