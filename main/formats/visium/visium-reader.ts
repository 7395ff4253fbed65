import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { SpatialLayout } from '../../dataset/spatial-layout.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { datasetName } from '../dataset-name.ts';
import type { DatasetPart, FormatReader, ImportChoice, ImportOptions } from '../format-reader.ts';
import { formatReader } from '../found-dataset.ts';
import type { FoundDataset, ReadPurpose } from '../found-dataset.ts';
import { booleanColumn } from '../hdf5/column-of-dataset.ts';
import { resolveOptions } from '../import-options.ts';
import { keepObservations } from '../kept-observations.ts';
import { findTenxH5 } from '../tenx-h5/tenx-h5-reader.ts';
import { findTenxMtx } from '../tenx-mtx/tenx-mtx-reader.ts';
import { findMatrices, matrixChoice } from './find-matrices.ts';
import { findSections } from './find-sections.ts';
import { readScaleFactors } from './scale-factors.ts';
import type { ScaleFactors } from './scale-factors.ts';
import { spotScale } from './spot-scale.ts';
import { readImages } from './tissue-images.ts';
import { readPositions } from './tissue-positions.ts';
import type { TissuePositions } from './tissue-positions.ts';
import { binChoice, everySection, sectionChoice, spotsChoice } from './visium-choices.ts';
import type { VisiumBin, VisiumSection } from './visium-section.ts';

/**
 * Space Ranger folders of Visium and Visium HD: the matrix (`.h5` or `matrix.mtx`, filtered or raw), the positions of the
 * spots or bins, the scale factors and the tissue images. The folder may be `outs`, the one above, the `spatial` one, one
 * bin size of an HD run, or one with several samples.
 *
 * `spatial` in obsm holds x and y in pixels of the full-resolution image, y downwards.
 */
export const visiumReader: FormatReader = formatReader({
  id: 'visium',
  title: 'Visium (Space Ranger folder)',
  accepts: 'Space Ranger folder of Visium or Visium HD (outs, or the folder around it)',
  sniff: async (path) => {
    try {
      return (await findSections(path)).length > 0;
    } catch {
      return false;
    }
  },
  find,
  split,
});

/** One part per section when all of them are asked for, which is what happens when nothing is said. */
async function split(path: string, options: ImportOptions): Promise<DatasetPart[]> {
  const sections = await findSections(path);
  if (sections.length < 2 || (options['section'] ?? everySection) !== everySection)
    return [{ path, options, label: '' }];
  return sections.map(({ label }) => ({ path, options: { ...options, section: label }, label }));
}

async function find(path: string, options: ImportOptions, purpose: ReadPurpose, task: LongTask): Promise<FoundDataset> {
  const sections = await findSections(path);
  if (sections.length === 0)
    throw new LacunaError(
      'bad-file',
      `${path} is no Space Ranger folder: spatial/tissue_positions.csv (or tissue_positions_list.csv, or .parquet) was expected in it.`,
      'Choose the folder outs of a run, or the one above it.',
      { file: path },
    );
  const chosen = (choice: ImportChoice | null) =>
    choice &&
    resolveOptions(path, [choice], choice.key in options ? { [choice.key]: options[choice.key] } : {})[choice.key];

  const bySection = sectionChoice(sections);
  const wanted = chosen(bySection);
  const section = sections.find(({ label }) => label === wanted) ?? sections[0];
  const byBin = binChoice(section);
  const bin = section.bins.find(({ micrometres }) => String(micrometres) === chosen(byBin)) ?? section.bins[0];
  const matrices = await findMatrices(bin.root);
  const byMatrix = matrixChoice(matrices);
  const matrix = matrices.find(({ value }) => value === chosen(byMatrix)) ?? matrices[0];
  const choices = [bySection, byBin, byMatrix, spotsChoice].filter((choice): choice is ImportChoice => choice !== null);

  const found = matrix.isFolder
    ? await findTenxMtx(matrix.path, options, purpose, task, { choices })
    : await findTenxH5(matrix.path, options, task, { choices });
  try {
    const placed = await placeSpots(found, bin, task);
    const { dataset, warnings } = keepSpots(placed.found, placed.positions, bin, found.options['spots'] === 'tissue');
    return {
      ...dataset,
      name: nameOf(path, section, bin),
      title: `${bin.micrometres === null ? 'Visium' : `Visium HD, bins of ${bin.micrometres} µm`} (${found.title})`,
      warnings: [...sectionWarnings(sections, wanted), ...found.warnings, ...warnings, ...placed.warnings],
    };
  } catch (error) {
    found.close();
    throw error;
  }
}

/** Positions as annotations and coordinates of every row of the matrix, and how they lie on the tissue. */
async function placeSpots(
  found: FoundDataset,
  bin: VisiumBin,
  task: LongTask,
): Promise<{ found: FoundDataset; positions: TissuePositions; warnings: string[] }> {
  const positions = await readPositions(bin.positions, found.obs.names, task);
  const scales = await readScaleFactors(bin.spatial);
  const outside = join(dirname(dirname(bin.root)), 'spatial'); // of an HD run, beside binned_outputs
  const { images, warnings } = await readImages([bin.spatial, outside], scales);
  if (scales === null)
    warnings.unshift(`There is no scalefactors_json.json in ${bin.spatial}: images cannot be put in place without it.`);
  const n = found.obs.names.length;
  const values = new Float64Array(n * 2);
  for (let i = 0; i < n; i++) [values[2 * i], values[2 * i + 1]] = [positions.x[i], positions.y[i]];
  const spatial: SpatialLayout = {
    ...spotScale(withBinSize(scales, bin), positions),
    obsm: 'spatial',
    yDown: true,
    images,
    borders: null,
  };
  if (spatial.micrometresPerUnit === null)
    warnings.push('The scale is not known: nothing in this folder says how many µm a pixel is.');
  const files = [...found.files, { path: bin.positions, bytes: (await stat(bin.positions)).size }];
  const columns = [
    ...found.obs.columns,
    booleanColumn('in_tissue', positions.inTissue),
    { kind: 'numeric' as const, name: 'array_row', values: positions.arrayRow },
    { kind: 'numeric' as const, name: 'array_col', values: positions.arrayCol },
  ];
  return {
    found: {
      ...found,
      files,
      obs: { names: found.obs.names, columns },
      obsm: [{ name: 'spatial', nDim: 2, values, unit: 'pixel' }],
      spatial,
    },
    positions,
    warnings,
  };
}

/** The side of a bin is in the folder's name too. */
function withBinSize(scales: ScaleFactors | null, { micrometres }: VisiumBin): ScaleFactors | null {
  return micrometres === null ? scales : { bin_size_um: micrometres, ...scales };
}

/** Leaves out spots off the tissue, and those without a position. */
function keepSpots(
  found: FoundDataset,
  positions: TissuePositions,
  bin: VisiumBin,
  inTissueOnly: boolean,
): { dataset: FoundDataset; warnings: string[] } {
  const n = found.obs.names.length;
  const [table, count] = [basename(bin.positions), (value: number) => value.toLocaleString('en-US')];
  const kept: number[] = [];
  let unknown = 0;
  for (let i = 0; i < n; i++) {
    if (positions.known[i] === 0) unknown++;
    else if (!inTissueOnly || positions.inTissue[i] === 1) kept.push(i);
  }
  if (unknown === n)
    throw new LacunaError(
      'bad-file',
      `None of the ${count(n)} barcodes of the matrix is in ${table} (the first is ${found.obs.names[0] ?? 'missing'}).`,
      'The matrix and the folder spatial are of different runs: put those of the same run together.',
      { file: bin.positions },
    );
  if (kept.length === 0)
    throw new LacunaError(
      'bad-option',
      `No spot of the matrix lies under tissue, says ${table}.`,
      "Import all spots: choose 'All', or add spots=all.",
      { file: bin.positions },
    );
  const warnings: string[] = [];
  if (unknown > 0) {
    const [have, were] = unknown === 1 ? ['has', 'was'] : ['have', 'were'];
    warnings.push(
      `${count(unknown)} of ${count(n)} barcodes of the matrix ${have} no line in ${table} and ${were} left out.`,
    );
  }
  const off = n - unknown - kept.length;
  if (off > 0) warnings.push(`${count(off)} of ${count(n)} spots lie off the tissue and were left out.`);
  return { dataset: keepObservations(found, Int32Array.from(kept)), warnings };
}

function nameOf(path: string, section: VisiumSection, bin: VisiumBin): string {
  const name = datasetName(section.label === '' ? path : section.path);
  return bin.micrometres === null ? name : `${name} ${bin.micrometres} µm`;
}

function sectionWarnings(sections: readonly VisiumSection[], wanted: string | null): string[] {
  if (wanted !== everySection) return [];
  return [
    `This folder holds ${sections.length} sections; each becomes a dataset of its own. The numbers here are those of ${sections[0].label}.`,
  ];
}
