import { LacunaError } from '../../errors/lacuna-error.ts';
import { countModelOf } from '../../methods/counts/count-model.ts';
import { measureLikelihood } from '../../methods/counts/measure-likelihood.ts';
import type { DenseOutput } from '../../methods/method.ts';
import type { RunInfo, ScoreRow } from '../../projects/project.types.ts';
import type { JobContext } from './job-context.ts';
import { loadProtocol } from './load-expression.ts';

/** The threshold whose cost is reported (ZiPo, section III-E). */
const DELTA = 1e-4;

/**
 * Figures of a count model on the cells that its protocol kept from it: NLL per entry and MSE of the rates, with the
 * counted and with the predicted library size, before and after pruning; mean zero probability, sparsity, epochs.
 *
 * @throws LacunaError `unsupported` for a run without a count model, `cancelled`
 */
export async function likelihoodRows(run: RunInfo, context: JobContext): Promise<ScoreRow[]> {
  const startedAt = performance.now();
  const { runs } = context.project;
  const { truth } = await loadProtocol(context.project, run, context);
  const extras = runs.extras(run.id);
  const model = countModelOf(extras);
  const denoised = runs.denoised(run.id);
  const heldOut = runs.heldOut(run.id)?.obs;
  if (!model || denoised.kind !== 'factored' || !heldOut)
    throw new LacunaError(
      'unsupported',
      `${run.name} gives counts no probability, so it has no likelihood.`,
      'Train it again, or choose a count model.',
    );
  const rows = Uint32Array.from([...heldOut.keys()].filter((row) => heldOut[row] === 1));
  const engine = await context.engine();
  const figures: Record<string, number> = {};
  const measure = async (size: Float32Array): ReturnType<typeof measureLikelihood> =>
    await measureLikelihood(
      engine,
      { denoised, model, factor: truth.undoFacts.factor, counts: truth.counts },
      rows,
      size,
      {
        signal: context.signal,
        report: (fraction) => context.report({ stage: 'Measuring the likelihood of held-out cells', fraction }),
      },
    );
  // Of the two, the one that the run calls its own says how many zeros it expects.
  const sizes = { predicted: model.predictedSize, counted: model.countedSize };
  for (const [name, size] of Object.entries(sizes)) {
    if (!size) continue;
    const { nll, mse, dropout, zeros } = await measure(size);
    const suffix = name === 'predicted' ? '_predicted_library' : '';
    figures[`nll${suffix}`] = nll;
    figures[`mse_rates${suffix}`] = mse;
    if (model.dropout) figures.dropout = dropout;
    figures.zero_share = zeros;
  }
  Object.assign(figures, pruningFigures(extras.pruning));
  if ('epochs' in run.summary) figures.epochs = run.summary.epochs;
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const protocol = {
    ...run.protocol,
    nObs: rows.length,
    nVar: truth.nVar,
    zeroShare: zeroShare(truth.counts, rows),
    pruning: extras.pruning ? pruningTable(extras.pruning) : undefined,
  };
  return Object.entries(figures)
    .filter(([, value]) => Number.isFinite(value))
    .map(([metric, value]) => ({
      runId: run.id,
      space: 'held-out',
      clustering: 'none',
      metric,
      value,
      labels: '',
      seed: run.seed,
      protocol,
      wallSeconds,
    }));
}

/** The stored model is pruned; what it was before, and what pruning cost, the training has measured. */
function pruningFigures(pruning: DenseOutput | undefined): Record<string, number> {
  if (!pruning) return {};
  const [before, after] = [0, DELTA].map((delta) =>
    pruningTable(pruning).find((row) => Math.abs(row.delta - delta) <= 1e-3 * delta),
  );
  return {
    ...(before && { nll: before.nll, mse_rates: before.mse }),
    ...(before?.nllPredicted != null && {
      nll_predicted_library: before.nllPredicted,
      mse_rates_predicted_library: before.msePredicted!,
    }),
    ...(after && { nll_pruned: after.nll, sparsity: after.sparsity }),
  };
}

/** Rows of `measurePruning` by name. */
function pruningTable({ nDim, values }: DenseOutput) {
  return Array.from({ length: values.length / nDim }, (_, r) => {
    const [delta, sparsity, nll, mse, nllPredicted, msePredicted] = values.subarray(r * nDim, (r + 1) * nDim);
    const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
    return { delta, sparsity, nll, mse, nllPredicted: finite(nllPredicted), msePredicted: finite(msePredicted) };
  });
}

function zeroShare({ indptr, nVar }: { indptr: Uint32Array; nVar: number }, rows: Uint32Array): number {
  let nonzero = 0;
  for (const row of rows) nonzero += indptr[row + 1] - indptr[row];
  return 1 - nonzero / (rows.length * nVar);
}
