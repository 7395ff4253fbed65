import type { z } from 'zod';
import type { Column } from '../dataset/column.ts';
import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { DatasetSource } from '../dataset/dataset-source.ts';
import type { SpatialLayout } from '../dataset/spatial-layout.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import { barcodes } from './barcodes.ts';
import { drawCells, type CellFacts } from './cell-facts.ts';
import { dropoutChance, dropoutForShare } from './dropout.ts';
import { expectedCounts } from './expected-counts.ts';
import { geneNames, type GeneNames } from './gene-names.ts';
import { geneProgrammes, type GeneProgrammes } from './gene-programmes.ts';
import { simulateOptionsSchema, type SimulateOptions } from './simulate-options.ts';
import { simulatedChunks, type CountLaw } from './simulated-chunks.ts';

/** A dataset whose truth is known: what a method should find, and what it should fill in. */
export interface SimulatedDataset extends DatasetSource {
  options: SimulateOptions;
  /** [nObs], type or region of each observation; the column `cell_type` or `region` of obs holds the same by name. */
  labels: Int32Array;
  /** [nVar], type that a gene is a marker of; -1 for none. */
  markerOf: Int32Array;
  /** [nVar], φ of variance = μ + φμ². */
  dispersion: Float64Array;
  /** Expected counts before dropout of the observations [start, end): [end − start, nVar], row-major. */
  trueMeans(start: number, end: number): Float32Array;
  /** Chance that each of these counts was lost, in the same layout. */
  dropoutProbability(start: number, end: number): Float32Array;
  /** The counts before dropout, as the chunks of a matrix: what differs from `matrices[0]` was lost. */
  countsBeforeDropout(signal?: AbortSignal): AsyncGenerator<CsrChunk>;
}

const CHUNK_BYTES = 2 ** 21;
/** Cells from which the strength of the dropout is worked out. */
const CALIBRATION_CELLS = 128;

/**
 * Simulates gamma–Poisson counts with log-normal library sizes, cell types with marker genes, states within the types,
 * dropout that hits rare genes more, batch effects, and, with `spatial`, a tissue section with regions and gradients.
 * Counts are drawn while they are streamed: memory stays bounded for any number of cells.
 *
 * @param input fields that differ from the defaults of `simulateOptionsSchema`
 * @param chunkBytes size of a chunk; does not change the data
 * @throws LacunaError `bad-option`
 */
export function simulate(
  input: z.input<typeof simulateOptionsSchema> = {},
  chunkBytes = CHUNK_BYTES,
): SimulatedDataset {
  const options = checked(input);
  const genes = geneNames(options.genes);
  const programmes = geneProgrammes(options, genes);
  const cells = drawCells(options);
  const { cells: nObs, genes: nVar } = options;
  const means = (obs: number, out: Float64Array): void => expectedCounts(obs, cells, programmes, out);
  const dropoutHalf = calibratedDropout(options, programmes, means);
  const law: CountLaw = { seed: options.seed, nObs, nVar, dispersion: programmes.dispersion, dropoutHalf, means };

  const trueMeans = (start: number, end: number): Float32Array => {
    const out = new Float32Array((end - start) * nVar);
    const row = new Float64Array(nVar);
    for (let i = start; i < end; i++) {
      means(i, row);
      out.set(row, (i - start) * nVar);
    }
    return out;
  };
  return {
    name: options.spatial ? 'Simulated tissue' : 'Simulated cells',
    nObs,
    nVar,
    obs: { names: barcodes(cells.batch), columns: obsColumns(options, cells) },
    var: { names: genes.names, columns: varColumns(options, genes, programmes) },
    obsm: cells.tissue ? [{ name: 'spatial', nDim: 2, values: cells.tissue.coordinates, unit: 'µm' }] : [],
    spatial: cells.tissue ? sectionLayout(options) : null,
    matrices: [{ name: 'X', valueKind: 'counts', chunks: (signal) => simulatedChunks(law, chunkBytes, signal) }],
    provenance: { format: 'simulated', options: { ...options }, warnings: [] },
    close: () => undefined,
    options,
    labels: cells.type,
    markerOf: programmes.markerOf,
    dispersion: programmes.dispersion,
    trueMeans,
    dropoutProbability: (start, end) => trueMeans(start, end).map((mean) => dropoutChance(mean, dropoutHalf)),
    countsBeforeDropout: (signal) => simulatedChunks({ ...law, keepLost: true }, chunkBytes, signal),
  };
}

function checked(input: z.input<typeof simulateOptionsSchema>): SimulateOptions {
  const parsed = simulateOptionsSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new LacunaError(
    'bad-option',
    `The simulation cannot be made: ${problems.join('; ')}.`,
    'Correct these settings.',
  );
}

function calibratedDropout(options: SimulateOptions, programmes: GeneProgrammes, means: CountLaw['means']): number {
  const { cells, genes, dropout } = options;
  const n = Math.min(cells, CALIBRATION_CELLS);
  const sample = new Float64Array(n * genes);
  const dispersion = new Float64Array(n * genes);
  for (let k = 0; k < n; k++) {
    means(Math.floor((k * cells) / n), sample.subarray(k * genes, (k + 1) * genes));
    dispersion.set(programmes.dispersion, k * genes);
  }
  return dropoutForShare(dropout, sample, dispersion);
}

/** Spots as large, for their distance, as those of Visium: 55 µm of 100. */
function sectionLayout({ spacing, grid }: SimulateOptions): SpatialLayout {
  return {
    obsm: 'spatial',
    micrometresPerUnit: 1,
    spotSize: grid === 'hex' ? (55 * spacing) / 100 : spacing,
    spotShape: grid === 'hex' ? 'circle' : 'square',
    yDown: true,
    images: [],
    borders: null,
  };
}

/** 'Type 1' …, or 'Layer 1' … with the white matter last, or 'Lobe 1' …. */
function labelNames({ spatial, tissue, types }: SimulateOptions): string[] {
  const noun = !spatial ? 'Type' : tissue === 'layers' ? 'Layer' : 'Lobe';
  const names = Array.from({ length: types }, (_, t) => `${noun} ${t + 1}`);
  if (noun === 'Layer' && types > 2) names[types - 1] = 'White matter';
  return names;
}

function obsColumns(options: SimulateOptions, cells: CellFacts): Column[] {
  const columns: Column[] = [
    {
      kind: 'categorical',
      name: options.spatial ? 'region' : 'cell_type',
      codes: cells.type,
      categories: labelNames(options),
      ordered: false,
    },
  ];
  if (options.batches > 1)
    columns.push({
      kind: 'categorical',
      name: 'batch',
      codes: cells.batch,
      categories: Array.from({ length: options.batches }, (_, b) => `Batch ${b + 1}`),
      ordered: false,
    });
  columns.push({ kind: 'numeric', name: 'true_library_size', values: cells.librarySize });
  return columns;
}

function varColumns(options: SimulateOptions, genes: GeneNames, programmes: GeneProgrammes): Column[] {
  const n = genes.names.length;
  return [
    {
      kind: 'string',
      name: 'gene_id',
      values: genes.names.map((_, j) => `SIMG${String(j + 1).padStart(8, '0')}`),
    },
    {
      kind: 'categorical',
      name: 'feature_type',
      codes: new Int32Array(n),
      categories: ['Gene Expression'],
      ordered: false,
    },
    {
      kind: 'categorical',
      name: 'marker_of',
      codes: programmes.markerOf,
      categories: labelNames(options),
      ordered: false,
    },
  ];
}
