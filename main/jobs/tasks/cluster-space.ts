import type { ClusterResult } from '../job-results.ts';
import type { ClusterSpec } from '../job-spec.ts';
import { cachedClustering } from './cached-clustering.ts';
import { cachedEmbedding } from './cached-embedding.ts';
import { finishedRun } from './finished-run.ts';
import type { JobContext } from './job-context.ts';
import { parseSpace } from './space-name.ts';
import { spacePoints } from './space-points.ts';

/**
 * Groups the observations of a run by k-means or Leiden, in a base space or in a picture of one.
 *
 * @throws LacunaError `bad-request`, `bad-option`, `unsupported`, `cancelled`
 */
export async function clusterSpace(spec: ClusterSpec, context: JobContext): Promise<ClusterResult> {
  const run = finishedRun(context.project, spec.runId);
  const space = parseSpace(spec.space);
  const points = async () => {
    if (!space.picture) return spacePoints(context, run, space.base);
    const { method, nDim } = space.picture;
    const { values } = await cachedEmbedding(context, { run, datasetId: run.datasetId, space: space.base, method, nDim, parameters: {} });
    return { values, nDim, nObs: values.length / nDim };
  };
  const { info, cached } = await cachedClustering(context, { run, space: space.name, method: spec.method, parameters: spec.parameters, points });
  return { clusteringId: info.id, nClusters: info.nClusters, cached };
}
