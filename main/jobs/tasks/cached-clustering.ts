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

/** Clusters of a run's space: the stored ones where the same inputs gave them, else computed and stored. */
export async function cachedClustering(context: JobContext, wish: ClusteringWish): Promise<{ info: ClusteringInfo; codes: Int32Array; cached: boolean }> {
  const { clusterings } = context.project;
  const key = { runId: wish.run.id, space: wish.space, kind: wish.method, parameters: wish.parameters };
  const found = clusterings.find(key);
  if (found) return { info: found, codes: clusterings.codes(found.id), cached: true };
  const { codes, nClusters } = await computeClustering(await wish.points(), { kind: wish.method, parameters: wish.parameters }, context);
  const info = clusterings.put({ ...key, nClusters }, codes);
  return { info, codes, cached: false };
}
