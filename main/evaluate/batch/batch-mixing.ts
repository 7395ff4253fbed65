import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { compactClusters } from '../clusters/silhouette.ts';
import { batchSilhouette } from './batch-silhouette.ts';
import { KBET_ALPHA, kbetAcceptance, kbetNeighbourhood } from './kbet.ts';
import { inverseSimpson, lisiNeighbours, normalisedLisi, type Neighbourhoods } from './lisi.ts';

/** Ids of the figures of batch mixing, in the order of tables; more is better for all of them. */
export const BATCH_METRICS = ['ilisi', 'silhouette_batch', 'kbet_accept'] as const;
export type BatchMetric = (typeof BATCH_METRICS)[number];

export interface BatchMixing {
  values: Record<BatchMetric, number>;
  /** What they were measured with. */
  settings: Record<string, unknown>;
}

/** Finds neighbours of points [nObs, nDim]. */
export type NeighbourSearch = (
  values: Float32Array,
  nDim: number,
  k: number,
) => Promise<Neighbourhoods & { exact: boolean }>;

/** Perplexity of iLISI, as published. */
const PERPLEXITY = 30;

/**
 * How well batches are mixed in a space: iLISI, the silhouette of the batches, and kBET acceptance, from one search for
 * neighbours. Mixing alone says nothing of what is left of the biology: a space of noise is mixed perfectly.
 *
 * @param values [nObs, nDim], row-major
 * @param batch [nObs], negative = left out
 * @param group [nObs], cell types, within which the silhouette is taken; null: none are known
 * @throws LacunaError `unsupported` for fewer than two batches or 12 observations, `cancelled`
 */
export async function batchMixing(
  values: Float32Array,
  nDim: number,
  batch: Int32Array,
  group: Int32Array | null,
  findNeighbours: NeighbourSearch,
  task: LongTask = {},
): Promise<BatchMixing> {
  const used = Array.from(batch.keys()).filter((i) => batch[i] >= 0);
  const { cluster: codes, sizes } = compactClusters(used, batch);
  const [nObs, nBatches] = [used.length, sizes.length];
  if (nBatches < 2)
    throw new LacunaError(
      'unsupported',
      'All cells of this run are of one batch, so there is no mixing to measure.',
      'Choose another column.',
    );
  const k = kbetNeighbourhood(nObs, nBatches);
  const nNeighbours = Math.min(nObs - 1, Math.max(lisiNeighbours(PERPLEXITY), k - 1));
  if (nNeighbours < k - 1 || nNeighbours <= PERPLEXITY)
    throw new LacunaError(
      'unsupported',
      `${nObs} cells are too few to judge the mixing of batches.`,
      `At least ${PERPLEXITY + 2} are needed.`,
    );
  const points = nObs === batch.length ? values : picked(values, nDim, used);
  const graph = await findNeighbours(points, nDim, nNeighbours);
  const lisi = normalisedLisi(inverseSimpson(graph, codes, nBatches, PERPLEXITY), nBatches);
  const silhouette = await batchSilhouette(values, nDim, batch, group, task);
  return {
    values: {
      ilisi: lisi.value,
      silhouette_batch: silhouette.value,
      kbet_accept: kbetAcceptance(graph, codes, nBatches, k),
    },
    settings: {
      nBatches,
      nObs,
      ilisi: {
        perplexity: PERPLEXITY,
        neighbours: Math.min(nNeighbours, lisiNeighbours(PERPLEXITY)),
        median: lisi.median,
      },
      silhouette: { groups: silhouette.nGroups, measured: silhouette.nUsed, sampled: silhouette.sampled },
      kbet: { k, alpha: KBET_ALPHA },
      exactNeighbours: graph.exact,
    },
  };
}

function picked(values: Float32Array, nDim: number, used: readonly number[]): Float32Array {
  const points = new Float32Array(used.length * nDim);
  used.forEach((obs, at) => points.set(values.subarray(obs * nDim, (obs + 1) * nDim), at * nDim));
  return points;
}
