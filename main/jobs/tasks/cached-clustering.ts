import { clusteringParameters } from '../../embed/clustering-parameters.ts';
import { computeClustering } from '../../embed/compute-clustering.ts';
import type { Points } from '../../embed/points.ts';
import type { ClusteringInfo, RunInfo } from '../../projects/project.types.ts';
import type { JobContext } from './job-context.ts';

export interface ClusteringWish {
  run: RunInfo;
  space: string;
  method: 'kmeans' | 'leiden';
  parameters: Record<string, unknown>;
  /** Asked for only when the clusters are not there yet. */
  points: () => Promise<Points>;
}

export interface CachedClustering {
  info: ClusteringInfo;
  /** [nObs of the run] */
  codes: Int32Array;
  cached: boolean;
  notes: string[];
}

/** Clusters of a run's space: the stored ones where the same inputs gave them, else computed and stored. */
export async function cachedClustering(context: JobContext, wish: ClusteringWish): Promise<CachedClustering> {
  const { clusterings } = context.project;
  const parameters = clusteringParameters(wish.method, wish.parameters);
  const key = { runId: wish.run.id, space: wish.space, kind: wish.method, parameters };
  const found = clusterings.find(key);
  if (found) return { info: found, codes: clusterings.codes(found.id), cached: true, notes: [] };
  const { codes, nClusters, notes } = await computeClustering(wish.method, await wish.points(), parameters, context);
  return { info: clusterings.put({ ...key, nClusters }, codes), codes, cached: false, notes };
}
