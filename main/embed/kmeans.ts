import type { LongTask } from '../dataset/progress.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import { orderBySize, type ClusterLabels } from './cluster-labels.ts';
import { exchange } from './kmeans/exchange.ts';
import { lloyd } from './kmeans/lloyd.ts';
import { plusPlusCentres } from './kmeans/plus-plus.ts';
import { Pacing } from './pacing.ts';
import { checkPoints, type Points } from './points.ts';
import { RandomStream } from './random-stream.ts';

export interface KmeansSettings {
  k: number;
  /** Independent starts; the best one is kept. */
  restarts: number;
  seed: number;
}

export interface KmeansResult extends ClusterLabels {
  /** Summed squared distance to the cluster's centre: the least of all starts. */
  inertia: number;
}

/**
 * k-means: the best of several starts, each by greedy k-means++ and Lloyd's algorithm; then single observations change
 * clusters while that lowers the inertia (Hartigan), which finds better optima than Lloyd's alone. Deterministic
 * for a seed. `nClusters` is below k only when fewer than k observations differ.
 * @throws LacunaError `bad-option` when there are fewer observations than clusters, `cancelled`
 */
export async function kmeans(points: Points, settings: KmeansSettings, task: LongTask = {}): Promise<KmeansResult> {
  checkPoints(points);
  const { nObs, nDim } = points;
  const { k, restarts } = settings;
  if (k < 1 || k > nObs) {
    throw new LacunaError(
      'bad-option',
      `${nObs} observations cannot form ${k} clusters.`,
      'Choose a number of clusters between 1 and the number of observations.',
    );
  }
  const random = new RandomStream(settings.seed);
  const pacing = new Pacing(task);
  await pacing.stage('Clustering (k-means)');
  const values = Float64Array.from(points.values);
  let best: { codes: Int32Array; inertia: number } | null = null;
  for (let start = 0; start < restarts; start++) {
    const centres = plusPlusCentres(values, nDim, k, random);
    const codes = await lloyd(values, nDim, centres, () => pacing.step('Clustering (k-means)', start, restarts));
    const inertia = exchange(values, nDim, k, codes);
    if (best === null || inertia < best.inertia) best = { codes, inertia };
  }
  return { ...orderBySize(best!.codes), inertia: best!.inertia };
}
