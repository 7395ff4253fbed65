import type { ClusterResult } from '../job-results.ts';
import type { ClusterSpec } from '../job-spec.ts';
import { cachedClustering } from './cached-clustering.ts';
import { cachedEmbedding } from './cached-embedding.ts';
import type { RunInfo } from '../../projects/project.types.ts';
import { finishedRun } from './finished-run.ts';
import type { JobContext } from './job-context.ts';
import { labelsColumn } from './labels-column.ts';
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
    const { values } = await cachedEmbedding(context, {
      run,
      datasetId: run.datasetId,
      space: space.base,
      method,
      nDim,
      parameters: {},
    });
    return { values, nDim, nObs: values.length / nDim };
  };
  const { info, cached, notes } = await cachedClustering(context, {
    run,
    space: space.name,
    method: spec.method,
    parameters: withDefaultK(spec, context, run),
    points,
  });
  return { clusteringId: info.id, nClusters: info.nClusters, cached, notes };
}

/** k-means needs to know how many: the number of known groups where nothing was said and there are some. */
function withDefaultK({ method, parameters }: ClusterSpec, context: JobContext, run: RunInfo): Record<string, unknown> {
  if (method !== 'kmeans' || parameters.k !== undefined) return parameters;
  const { codes } = labelsColumn(context.project, run.datasetId);
  const { obsIndex } = context.project.runs.axes(run.id);
  const known = new Set(Array.from(obsIndex, (obs) => codes[obs]).filter((code) => code >= 0));
  return { ...parameters, k: known.size };
}
