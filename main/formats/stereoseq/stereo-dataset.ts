import { stat } from 'node:fs/promises';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { ImportChoice, ImportOptions } from '../format-reader.ts';
import type { FoundDataset } from '../found-dataset.ts';
import { resolveOptions } from '../import-options.ts';
import type { BinCensus, BinCount } from './bin-census.ts';
import type { MoleculeFile } from './molecules.ts';
import { segmentedCells } from './segmented-cells.ts';
import { sortedChunks } from './sorted-chunks.ts';
import { squareBins, stereoLayout } from './square-bins.ts';
import { binChoice, binSizeOf, countsChoice, groupChoice } from './stereo-choices.ts';
import { stereoGenes } from './stereo-genes.ts';

/** A file of molecules with what its reader knows of it beforehand. */
export interface StereoFile {
  title: string;
  version: string;
  hasCells: boolean;
  hasExons: boolean;
  /** Squares in which it counts, in DNB, ascending. */
  binSizes: readonly number[];
  pitch: number;
}

/** The choices that a file offers. @param count bins by size, where they were counted */
export function stereoChoices(
  file: StereoFile,
  count: ((size: number) => BinCount) | null = null,
  cells: BinCount | null = null,
): ImportChoice[] {
  return [
    binChoice(file.binSizes, file.pitch, count),
    ...(file.hasCells ? [groupChoice(cells)] : []),
    ...(file.hasExons ? [countsChoice] : []),
  ];
}

/** What an inspection says: sizes counted, or estimated from the first lines of a large file. */
export async function inspectedDataset(
  path: string,
  about: StereoFile,
  molecules: MoleculeFile,
  census: BinCensus,
  lines: { seen: number; total: number },
  options: ImportOptions,
  known: (size: number) => BinCount | null = () => null,
): Promise<FoundDataset> {
  const counted = new Map<number, BinCount>();
  const count = (size: number): BinCount => {
    const one = counted.get(size) ?? known(size) ?? census.count(size);
    counted.set(size, one);
    return one;
  };
  const cells = about.hasCells ? census.countCells() : null;
  const choices = stereoChoices(about, count, cells);
  const resolved = resolveOptions(path, choices, options);
  const size = binSizeOf(resolved['bin'], about.binSizes, path);
  const asCells = resolved['group'] === 'cells';
  const { bins, nnz, exact } = asCells && cells !== null ? cells : count(size);
  const genes = stereoGenes(molecules.genes(), path);
  const warnings = [...genes.warnings];
  if (!exact)
    warnings.unshift(
      `The numbers are estimates from the first ${lines.seen.toLocaleString('en-US')} of about ${Number(lines.total.toPrecision(2)).toLocaleString('en-US')} lines.`,
    );
  return {
    ...(await common(path, about)),
    sizes: { nObs: bins, nVar: census.totalGenes() },
    obs: { names: [], columns: [] },
    var: genes.table,
    obsm: [{ name: 'spatial', nDim: 2, values: new Float64Array(0), unit: 'DNB' }],
    spatial: stereoLayout(about.pitch, asCells ? null : size, null),
    matrices: [
      {
        name: 'X',
        nnz,
        valueKind: 'counts',
        valuesSampled: exact ? nnz : Math.min(nnz, lines.seen),
        chunks: () => {
          throw new LacunaError('internal', `${path} was only inspected: its matrix is read by an import.`);
        },
      },
    ],
    choices,
    options: resolved,
    warnings,
    close: () => undefined,
  };
}

/** The dataset itself: reads the molecules once, then streams observation by observation. */
export async function importedDataset(
  path: string,
  about: StereoFile,
  molecules: MoleculeFile,
  options: ImportOptions,
  task: LongTask,
): Promise<FoundDataset> {
  const choices = stereoChoices(about);
  const resolved = resolveOptions(path, choices, options);
  const size = binSizeOf(resolved['bin'], about.binSizes, path);
  const aggregated =
    resolved['group'] === 'cells' ? await segmentedCells(molecules, task) : await squareBins(molecules, size, task);
  const { partition, obs, obsm, spatial } = aggregated;
  try {
    const genes = stereoGenes(molecules.genes(), path);
    const nVar = genes.table.names.length;
    const rules = {
      file: path,
      nSourceVar: nVar,
      nVar,
      varMap: null,
      valueKind: 'counts' as const,
      obsName: (i: number) => obs.names[i],
      varName: (i: number) => genes.table.names[i],
    };
    return {
      ...(await common(path, about)),
      obs,
      var: genes.table,
      obsm,
      spatial,
      matrices: [
        {
          name: 'X',
          nnz: 0, // an import counts entries while it stores them
          valueKind: 'counts',
          valuesSampled: 0,
          chunks: (signal) => sortedChunks(partition, genes.order, rules, signal),
        },
      ],
      choices,
      options: resolved,
      warnings: [...genes.warnings, ...aggregated.warnings],
      close: () => partition.close(),
    };
  } catch (error) {
    partition.close();
    throw error;
  }
}

async function common(
  path: string,
  { title, version }: StereoFile,
): Promise<Pick<FoundDataset, 'title' | 'version' | 'files' | 'layers'>> {
  return { title, version, files: [{ path, bytes: (await stat(path)).size }], layers: [] };
}
