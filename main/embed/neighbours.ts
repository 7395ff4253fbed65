import type { LongTask } from '../dataset/progress.ts';
import { LacunaError, throwIfCancelled } from '../errors/lacuna-error.ts';
import { libscran } from './libscran.ts';
import { Pacing } from './pacing.ts';
import { checkPoints, type Points } from './points.ts';

/** The k nearest other observations of each observation, nearest first; never itself. */
export interface NeighbourGraph {
  nObs: number;
  k: number;
  /** [nObs, k] positions */
  indices: Int32Array;
  /** [nObs, k] Euclidean distances, ascending */
  distances: Float64Array;
  /** False when found by approximate search (about 95 % and more of the true ones on latents). */
  exact: boolean;
}

/** Up to here the exact search is as fast as building the index of the approximate one. */
const EXACT_UP_TO = 20_000;

/**
 * Nearest neighbours by Euclidean distance: exact (vantage-point tree) up to 20,000 observations, approximate (Annoy)
 * beyond, unless `exact` says otherwise. The same on every run and for any number of threads.
 * @throws LacunaError `bad-option` when k is not between 1 and nObs - 1, `cancelled`
 */
export async function findNeighbours(
  points: Points,
  k: number,
  options: { exact?: boolean } = {},
  task: LongTask = {},
): Promise<NeighbourGraph> {
  checkPoints(points);
  const { nObs, nDim, values } = points;
  if (!Number.isInteger(k) || k < 1 || k > nObs - 1) {
    throw new LacunaError(
      'bad-option',
      `${nObs} observations have at most ${Math.max(0, nObs - 1)} neighbours each, but ${k} were asked for.`,
      'Ask for fewer neighbours.',
    );
  }
  const exact = options.exact ?? nObs <= EXACT_UP_TO;
  await new Pacing(task).stage('Finding neighbours');
  const { scran, refresh } = await libscran();
  refresh();
  const index = scran.buildNeighborSearchIndex(values, {
    numberOfDims: nDim,
    numberOfCells: nObs,
    approximate: !exact,
  });
  try {
    const found = scran.findNearestNeighbors(index, k);
    try {
      refresh();
      const { indices, distances } = found.serialize();
      throwIfCancelled(task.signal);
      return { nObs, k, indices, distances, exact };
    } finally {
      found.free();
    }
  } finally {
    index.free();
  }
}
