import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import { countModelOf } from '../counts/count-model.ts';
import { measureLikelihood } from '../counts/measure-likelihood.ts';
import type { DenseOutput, TrainContext, TrainOutcome } from '../method.ts';
import type { Pruned } from './sparsity.ts';

/** Thresholds δ that are tried; 0 prunes nothing. */
const DELTAS = [0, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1];

/**
 * What pruning the first layer costs on cells that did not train (section III-E and Fig. 10), one row for each threshold:
 * [δ, share of the weights below it, NLL per entry, MSE of the rates, and both with the predicted library size; NaN
 * where none is predicted].
 */
export async function measurePruning(
  { engine, signal, report }: Pick<TrainContext<unknown>, 'engine' | 'signal' | 'report'>,
  unseen: ExpressionSource,
  prune: (delta: number) => Promise<Pruned>,
  outcomeOfUnseen: () => Promise<TrainOutcome>,
): Promise<DenseOutput> {
  const rows = Uint32Array.from({ length: unseen.nObs }, (_, i) => i);
  const { factor } = unseen.undoFacts;
  const values: number[] = [];
  for (const [at, delta] of DELTAS.entries()) {
    report({ stage: 'Measuring what pruning costs', fraction: at / DELTAS.length });
    const { sparsity } = await prune(delta);
    const { denoised, extras } = await outcomeOfUnseen();
    const model = countModelOf(extras)!;
    if (denoised.kind !== 'factored') break;
    const input = { denoised, model, factor, counts: unseen.counts };
    const counted = await measureLikelihood(engine, input, rows, model.countedSize!, { signal });
    const predicted =
      model.predictedSize && (await measureLikelihood(engine, input, rows, model.predictedSize, { signal }));
    values.push(delta, sparsity, counted.nll, counted.mse, predicted?.nll ?? NaN, predicted?.mse ?? NaN);
  }
  return { nDim: 6, values: Float32Array.from(values) };
}
