import type { LongTask } from '../dataset/progress.ts';
import { throwIfCancelled } from '../errors/lacuna-error.ts';
import type { ClusterLabels } from './cluster-labels.ts';
import { clusteringParameters, type ClusteringKind } from './clustering-parameters.ts';
import { kmeans } from './kmeans.ts';
import { leiden } from './leiden.ts';
import { checkPoints, type Points } from './points.ts';

export interface ClusteringResult extends ClusterLabels {
  /** Complete parameters as asked for, in one order: with `kind` and the space, the key of a cache. */
  parameters: Record<string, unknown>;
  /** What was changed for this data, in plain words. */
  notes: string[];
  /** Figures of the clustering: `inertia` of k-means. */
  summary: Record<string, number>;
  wallSeconds: number;
}

/**
 * Clusters of a space, numbered from the largest. Deterministic for its parameters and data.
 * @param parameters those of `CLUSTERING_PARAMETERS[kind]`; what is not given takes its default
 * @throws LacunaError `bad-option` (an unknown or impossible parameter, a space with NaN), `cancelled`
 */
export async function computeClustering(
  kind: ClusteringKind,
  points: Points,
  parameters: Record<string, unknown>,
  task: LongTask = {},
): Promise<ClusteringResult> {
  const startedAt = performance.now();
  const complete = clusteringParameters(kind, parameters);
  checkPoints(points);
  throwIfCancelled(task.signal);
  const notes: string[] = [];
  const { codes, nClusters, summary } = await cluster(kind, points, complete, notes, task);
  return {
    codes,
    nClusters,
    parameters: complete,
    notes,
    summary,
    wallSeconds: (performance.now() - startedAt) / 1000,
  };
}

async function cluster(
  kind: ClusteringKind,
  points: Points,
  parameters: Record<string, unknown>,
  notes: string[],
  task: LongTask,
): Promise<ClusterLabels & { summary: Record<string, number> }> {
  if (kind === 'kmeans') {
    const settings = clusteringParameters('kmeans', parameters);
    const { codes, nClusters, inertia } = await kmeans(points, settings, task);
    if (nClusters < settings.k)
      notes.push(`Only ${nClusters} of ${settings.k} clusters were formed: no more observations differ.`);
    return { codes, nClusters, summary: { inertia } };
  }
  const settings = clusteringParameters('leiden', parameters);
  const { nObs } = points;
  if (nObs < 3) {
    notes.push(`${nObs} observations are too few for a neighbour graph: they are one cluster.`);
    return { codes: new Int32Array(nObs), nClusters: Math.min(1, nObs), summary: {} };
  }
  const neighbours = Math.min(settings.neighbours, nObs);
  if (neighbours < settings.neighbours) {
    notes.push(
      `Neighbours were reduced from ${settings.neighbours} to ${neighbours}: there are only ${nObs} observations.`,
    );
  }
  return { ...(await leiden(points, { ...settings, neighbours }, task)), summary: {} };
}
