import type { LongTask } from '../dataset/progress.ts';
import { orderBySize, type ClusterLabels } from './cluster-labels.ts';
import { libscran } from './libscran.ts';
import { findNeighbours } from './neighbours.ts';
import { Pacing } from './pacing.ts';
import type { Points } from './points.ts';
import { RandomStream } from './random-stream.ts';

export interface LeidenSettings {
  /** Neighbours of each observation in the graph. At most nObs - 1. */
  neighbours: number;
  /** More gives more clusters. */
  resolution: number;
  seed: number;
}

/**
 * Leiden communities of the shared-nearest-neighbour graph, modularity objective. Edges weigh the best rank of a shared
 * neighbour. The library's own chance is fixed, so the seed puts the observations in another order, which is the
 * other thing that the outcome depends on. Source: Traag, Waltman & van Eck 2019, From Louvain to Leiden; graph: Xu & Su
 * 2015.
 * @throws LacunaError `bad-option` when there are too few observations, `cancelled`
 */
export async function leiden(points: Points, settings: LeidenSettings, task: LongTask = {}): Promise<ClusterLabels> {
  const { nObs, nDim } = points;
  const order = new RandomStream(settings.seed).permutation(nObs);
  const values = new Float64Array(nObs * nDim);
  order.forEach((obs, at) => {
    for (let d = 0; d < nDim; d++) values[at * nDim + d] = points.values[obs * nDim + d];
  });
  const { k, indices, distances } = await findNeighbours({ values, nObs, nDim }, settings.neighbours, {}, task);
  const pacing = new Pacing(task);
  await pacing.stage('Building the neighbour graph');
  const { scran, refresh } = await libscran();
  refresh();
  const runs = new Int32Array(nObs).fill(k);
  const neighbours = scran.FindNearestNeighborsResults.unserialize(runs, indices, distances);
  try {
    const graph = scran.buildSnnGraph(neighbours, { scheme: 'rank', neighbors: k });
    try {
      await pacing.stage('Clustering (Leiden)');
      const result = scran.clusterGraph(graph, {
        method: 'leiden',
        leidenResolution: settings.resolution,
        leidenModularityObjective: true,
      });
      try {
        refresh();
        const membership = result.membership({ copy: true });
        const raw = new Int32Array(nObs);
        order.forEach((obs, at) => (raw[obs] = membership[at]));
        return orderBySize(raw);
      } finally {
        result.free();
      }
    } finally {
      graph.free();
    }
  } finally {
    neighbours.free();
  }
}
