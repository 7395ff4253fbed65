import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import { ReconstructionScores } from '../../evaluate/reconstruction/reconstruction-scores.ts';
import type { RunInfo, ScoreRow } from '../../projects/project.types.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import { protocolOf } from '../../protocols/protocol.ts';
import type { ScoreResult } from '../job-results.ts';
import { scoreSpecSchema, type EvaluateSpec } from '../job-spec.ts';
import { denoisedBlocks } from './export/denoised-blocks.ts';
import type { JobContext } from './job-context.ts';
import { loadProtocol } from './load-expression.ts';
import { likelihoodRows } from './likelihood-rows.ts';
import { MutedErrors } from './muted-errors.ts';
import { scoreRuns } from './score-runs.ts';

/** Observations whose rank correlations are worked out; of more, this many spread evenly. */
const RANKED = 5000;
/** Of Leiden on a reconstruction, as in SUICA's code. */
const LEIDEN_NEIGHBOURS = 30;

/**
 * Scores of runs under their protocols: error and correlation of what was held out or corrupted, on the scale of the
 * run's recipe, and, where the dataset has labels, ARI and NMI of clusters of the whole reconstruction. Masks are the
 * stored ones, so the scores can be worked out again at any time.
 *
 * @throws LacunaError `not-found`, `cancelled`
 */
export async function evaluateRuns(spec: EvaluateSpec, context: JobContext): Promise<ScoreResult> {
  const result: ScoreResult = { labels: '', rows: [], notes: [] };
  const asked = spec.runIds.map((id) => context.project.runs.get(id));
  const runs = asked.filter(({ state }) => state === 'done');
  for (const { name, state } of asked)
    if (state !== 'done') result.notes.push(`${name} is ${state}, so it has no result to score.`);
  for (const [at, run] of runs.entries()) {
    throwIfCancelled(context.signal);
    const part: JobContext = {
      ...context,
      report: (progress) =>
        context.report({
          ...progress,
          stage: `${run.name}: ${progress.stage}`,
          fraction: (at + (progress.fraction ?? 0)) / runs.length,
          etaSeconds: null,
        }),
    };
    const { kind } = protocolOf(run.protocol);
    if (kind === 'clustering') {
      result.notes.push(`${run.name} was trained on everything, so there is nothing held out to compare with.`);
    } else {
      const rows = await (kind === 'likelihood' ? likelihoodRows : reconstructionRows)(run, part);
      context.project.scores.put(rows);
      result.rows.push(...rows);
    }
    // Clusters of a reconstruction are no part of that question.
    const clusters = kind === 'likelihood' ? null : await clusterRows(spec, run, context);
    if (clusters) {
      result.labels = clusters.labels;
      result.rows.push(...clusters.rows);
      result.notes.push(...clusters.notes);
    }
  }
  return result;
}

async function reconstructionRows(run: RunInfo, context: JobContext): Promise<ScoreRow[]> {
  const startedAt = performance.now();
  const { runs } = context.project;
  // The other views of the dataset are let go.
  const { shown, truth } = await loadProtocol(context.project, run, context);
  const heldOut = runs.heldOut(run.id);
  const chosen = heldOut?.obs ?? null;
  const scores = new ReconstructionScores(truth.nVar);
  const muted = heldOut?.entries ? new MutedErrors(truth, heldOut.entries) : null;
  const nScored = chosen ? chosen.reduce((sum, out) => sum + out, 0) : truth.nObs;
  const rankEvery = Math.ceil(nScored / RANKED);
  const measured = new Float32Array(truth.nVar);
  let seen = 0;
  for await (const block of denoisedBlocks(runs.denoised(run.id), shown, 'model', context.engine, context)) {
    context.report({ stage: 'Comparing with what was held out', fraction: block.start / truth.nObs });
    for (let r = 0; r < block.nObs; r++) {
      const row = block.start + r;
      if (chosen && chosen[row] === 0) continue;
      const predicted = block.values.subarray(r * truth.nVar, (r + 1) * truth.nVar) as Float32Array;
      truth.denseBatch([row], measured);
      scores.add(measured, predicted, seen++ % rankEvery === 0);
      muted?.add(row, measured, predicted);
    }
  }
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const protocol = { ...run.protocol, nObs: nScored, nVar: truth.nVar, rankedEvery: rankEvery, ...scaleOf(truth) };
  const rowsOf = (space: string, figures: Record<string, number>): ScoreRow[] =>
    Object.entries(figures).map(([metric, value]) => ({
      runId: run.id,
      space,
      clustering: 'none',
      metric,
      value,
      labels: '',
      seed: run.seed,
      protocol,
      wallSeconds,
    }));
  return [
    ...rowsOf(chosen ? 'held-out' : 'all entries', scores.figures()),
    ...(muted ? rowsOf('muted', muted.figures()) : []),
  ];
}

/** What the errors are measured in. */
function scaleOf({ recipe }: ExpressionSource): { normalisation: Record<string, unknown> } {
  return { normalisation: recipe.normalisation };
}

/** Null where the dataset has no labels. */
async function clusterRows(spec: EvaluateSpec, run: RunInfo, context: JobContext): Promise<ScoreResult | null> {
  if (spec.clusterings.length === 0) return null;
  try {
    return await scoreRuns(
      scoreSpecSchema.parse({
        kind: 'score',
        runIds: [run.id],
        labels: spec.labels,
        spaces: ['denoised'],
        clusterings: spec.clusterings,
        metrics: ['ari', 'nmi'],
        neighbours: LEIDEN_NEIGHBOURS,
        seed: spec.seed,
      }),
      context,
    );
  } catch (thrown) {
    // Most datasets have no labels; that is no failure unless some were asked for by name.
    if (spec.labels === undefined && LacunaError.from(thrown).code === 'not-found') return null;
    throw thrown;
  }
}
