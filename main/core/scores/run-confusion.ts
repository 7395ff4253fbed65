import { isDeepStrictEqual } from 'node:util';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { confusionMatrix } from '../../evaluate/clusters/confusion-matrix.ts';
import { labelsColumn } from '../../jobs/tasks/labels-column.ts';
import type { ClusteringInfo, Project } from '../../projects/project.types.ts';

export interface ConfusionRequest {
  runId: number;
  /** 'latent', 'tsne-2d' … */
  space: string;
  /** The kind, or the id of a clustering. */
  clustering: ClusteringInfo['kind'] | number;
  /** The obs column; left out: the dataset's best. */
  labels?: string;
}

/** Labels (rows) against clusters (columns, in the order of the labels that they match best). */
export interface Confusion {
  labels: string;
  rows: string[];
  columns: string[];
  /** Cluster code of each column. */
  clusters: number[];
  /** [rows][columns] observations */
  counts: number[][];
  /** Column matched to each row, one to one; null where none is left. */
  matched: (number | null)[];
  /** Null when no observation is counted. */
  matchedShare: number | null;
  missing: number;
  clustering: ClusteringInfo;
}

/**
 * Which labels went into which clusters of a run.
 *
 * @throws LacunaError `not-found` without such a clustering or labels, `unsupported` when the table would be too large
 */
export function runConfusion(project: Project, request: ConfusionRequest): Confusion {
  const run = project.runs.get(request.runId);
  const labels = labelsColumn(project, run.datasetId, request.labels);
  const clustering = findClustering(project, request, labels.name);
  const { obsIndex } = project.runs.axes(run.id);
  const truth = Int32Array.from(obsIndex, (obs) => labels.codes[obs]);
  const found = confusionMatrix(truth, project.clusterings.codes(clustering.id));
  const width = found.clusterCodes.length;
  const clusters = [...found.clusterCodes];
  return {
    labels: labels.name,
    rows: Array.from(found.truthCodes, (code) => labels.categories[code]),
    columns: clusters.map((code) => `Cluster ${code + 1}`),
    clusters,
    counts: Array.from(found.truthCodes, (_, t) => [...found.counts.subarray(t * width, (t + 1) * width)]),
    matched: Array.from(found.matched, (code) => (code < 0 ? null : clusters.indexOf(code))),
    matchedShare: Number.isNaN(found.matchedShare) ? null : found.matchedShare,
    missing: found.nMissing,
    clustering,
  };
}

/** The clustering that was scored against these labels, else the newest of its kind. */
function findClustering(
  project: Project,
  { runId, space, clustering: wanted }: ConfusionRequest,
  labels: string,
): ClusteringInfo {
  const choices = project.clusterings
    .list(runId)
    .filter((info) => (typeof wanted === 'number' ? info.id === wanted : info.space === space && info.kind === wanted))
    .toSorted((a, b) => b.id - a.id);
  const scored = project.scores
    .list({ runIds: [runId] })
    .find((row) => row.space === space && row.clustering === wanted && row.labels === labels);
  const found =
    choices.find((info) => isDeepStrictEqual(info.parameters, scored?.protocol.clustering)) ?? choices.at(0);
  if (found !== undefined) return found;
  throw new LacunaError(
    'not-found',
    `Run ${runId} has no such clusters${typeof wanted === 'number' ? '' : ` (${wanted} of ${space})`}.`,
    'Score or cluster the run first.',
  );
}
