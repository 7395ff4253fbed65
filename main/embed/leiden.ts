import type { LongTask } from '../dataset/progress.ts';
import { orderBySize, type ClusterLabels } from './cluster-labels.ts';
import { leidenCommunities } from './leiden/leiden-communities.ts';
import { weightedGraph } from './leiden/weighted-graph.ts';
import { findNeighbours } from './neighbours.ts';
import { Pacing } from './pacing.ts';
import type { Points } from './points.ts';
import { RandomStream } from './random-stream.ts';
import { fuzzyGraph } from './umap/fuzzy-graph.ts';

export interface LeidenSettings {
  /** Neighbours of each observation in the graph, itself included, as UMAP and scanpy count. At most nObs. */
  neighbours: number;
  /** More gives more clusters. */
  resolution: number;
  seed: number;
}

/**
 * Leiden communities of the fuzzy neighbour graph of UMAP, modularity objective with a resolution: the same
 * graph and objective as scanpy's `pp.neighbors` and `tl.leiden`. Deterministic for a seed.
 * Source: Traag, Waltman & van Eck 2019, From Louvain to Leiden; graph: McInnes et al. 2018, UMAP, section 3.1.
 * @throws LacunaError `bad-option` when there are too few observations, `cancelled`
 */
export async function leiden(points: Points, settings: LeidenSettings, task: LongTask = {}): Promise<ClusterLabels> {
  const neighbours = await findNeighbours(points, settings.neighbours - 1, {}, task);
  const pacing = new Pacing(task);
  await pacing.stage('Building the neighbour graph');
  const graph = weightedGraph(points.nObs, fuzzyGraph(neighbours));
  await pacing.stage('Clustering (Leiden)');
  const random = new RandomStream(settings.seed);
  const breathe = (): Promise<void> => pacing.breathe('Clustering (Leiden)');
  return orderBySize(await leidenCommunities(graph, settings.resolution, random, breathe));
}
