import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { CategoricalColumn } from '../../dataset/column.ts';
import type { Points } from '../../embed/points.ts';
import { clusterScores } from '../../evaluate/clusters/cluster-scores.ts';
import { silhouette } from '../../evaluate/clusters/silhouette.ts';
import type { RunInfo, ScoreRow } from '../../projects/project.types.ts';
import type { ScoreResult } from '../job-results.ts';
import type { ScoreSpec } from '../job-spec.ts';
import { cachedClustering } from './cached-clustering.ts';
import { finishedRun } from './finished-run.ts';
import type { JobContext } from './job-context.ts';
import { labelsColumn } from './labels-column.ts';
import { namedPoints } from './named-points.ts';
import { parseSpace } from './space-name.ts';
import type { NamedSpace } from './space-name.ts';

/**
 * Scores runs: every space × clustering × metric, against the known groups of their dataset. Each figure is stored as a
 * row with its seed and protocol. Pictures and clusters are taken from the project where they are there already.
 *
 * @throws LacunaError `not-found` when no labels are recognised (naming the columns there are), `bad-option`, `cancelled`
 */
export async function scoreRuns(spec: ScoreSpec, context: JobContext): Promise<ScoreResult> {
  const unfinished = spec.skipUnfinished
    ? spec.runIds.map((id) => context.project.runs.get(id)).filter(({ state }) => state !== 'done')
    : [];
  const skipped = new Set(unfinished.map(({ id }) => id));
  const runs = spec.runIds.filter((id) => !skipped.has(id)).map((id) => finishedRun(context.project, id));
  const spaces = spec.spaces.map(parseSpace);
  const labelsOf = new Map(
    runs.map(({ datasetId }) => [datasetId, labelsColumn(context.project, datasetId, spec.labels)]),
  );
  const notes = unfinished.map(({ name, state }) => `${name} is ${state}, so it has no result to score.`);
  const result: ScoreResult = { labels: '', rows: [], notes };
  let done = 0;
  for (const run of runs) {
    const labels = labelsOf.get(run.datasetId)!;
    result.labels = labels.name;
    for (const space of spaces) {
      throwIfCancelled(context.signal);
      const share = (within: number) => (done + within) / (runs.length * spaces.length);
      const part: JobContext = {
        ...context,
        report: (progress) =>
          context.report({
            ...progress,
            stage: `${run.name}: ${progress.stage}`,
            fraction: share(progress.fraction ?? 0),
            etaSeconds: null,
          }),
      };
      if (space.base === 'latent' && !run.hasLatent) {
        result.notes.push(`${run.name} has no latent, so it has no figures for ${space.name}.`);
      } else {
        const rows = await scoreSpace(spec, part, run, space, labels, result.notes);
        context.project.scores.put(rows);
        result.rows.push(...rows);
      }
      done += 1;
    }
  }
  return result;
}

async function scoreSpace(
  spec: ScoreSpec,
  context: JobContext,
  run: RunInfo,
  space: NamedSpace,
  labels: CategoricalColumn,
  notes: string[],
): Promise<ScoreRow[]> {
  const points = await namedPoints(context, run, space, spec, notes);
  const { obsIndex } = context.project.runs.axes(run.id);
  const truth = Int32Array.from(obsIndex, (obs) => labels.codes[obs]);
  const known = new Set(truth);
  known.delete(-1);
  const rows: ScoreRow[] = [];
  for (const method of spec.clusterings) {
    const startedAt = performance.now();
    const parameters =
      method === 'kmeans'
        ? { k: spec.k ?? known.size, seed: spec.seed }
        : { resolution: spec.resolution, neighbours: spec.neighbours, seed: spec.seed };
    const clusters = await cachedClustering(context, {
      run,
      space: space.name,
      method,
      parameters,
      points: async () => points,
    });
    notes.push(...clusters.notes);
    const figures = await figuresOf(spec, context, points, truth, clusters.codes, notes);
    const wallSeconds = (performance.now() - startedAt) / 1000;
    const protocol = {
      ...run.protocol,
      clustering: clusters.info.parameters,
      picture: space.picture,
      nLabels: known.size,
      nObs: points.nObs,
      ...figures.protocol,
    };
    for (const [metric, value] of Object.entries(figures.values)) {
      rows.push({
        runId: run.id,
        space: space.name,
        clustering: method,
        metric,
        value,
        labels: labels.name,
        seed: run.seed,
        protocol,
        wallSeconds,
      });
    }
  }
  return rows;
}

async function figuresOf(
  spec: ScoreSpec,
  context: JobContext,
  points: Points,
  truth: Int32Array,
  codes: Int32Array,
  notes: string[],
): Promise<{ values: Record<string, number>; protocol: Record<string, unknown> }> {
  context.report({ stage: 'Comparing with the labels', fraction: 0.9 });
  const compared = clusterScores(truth, codes) as Record<string, number>;
  const values: Record<string, number> = {};
  const protocol: Record<string, unknown> = { nmiAverage: 'arithmetic' };
  for (const metric of spec.metrics) {
    if (metric !== 'silhouette') {
      values[metric] = compared[metric];
      continue;
    }
    const found = await silhouette(points.values, points.nDim, codes, {}, context);
    values.silhouette = found.value;
    protocol.silhouetteObs = found.nUsed;
    if (found.sampled) notes.push(`The silhouette was measured on ${found.nUsed} cells drawn at random.`);
  }
  values.n_clusters = new Set(codes).size;
  return { values, protocol };
}
