import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Engine } from '../../engine/engine.ts';
import { countNll } from '../../engine/likelihoods/count-nll.ts';
import { sparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import { zeroTerms, type CountParameters } from '../../engine/likelihoods/zero-terms.ts';
import type { DenoisedModel } from '../method.ts';
import { breathe } from '../training/event-loop.ts';
import { LEAST_OVERDISPERSION, THETA_LIMITS, type CountHead, type CountModel } from './count-model.ts';

/** Entries worked on at once. */
const BATCH_ENTRIES = 2 ** 21;

/** How well a count model says what was counted, over all entries of some observations. */
export interface LikelihoodFigures {
  /** Negative log-likelihood per entry. */
  nll: number;
  /** Mean of (x − m)², m the mean of the distribution before zero inflation, with the size of the cell. */
  mse: number;
  /** Mean probability of a dropout; 0 without zero inflation. */
  dropout: number;
  /** Mean probability of a zero, lost or not. */
  zeros: number;
}

/** A count model with what belongs to it. */
export interface LikelihoodInput {
  denoised: Extract<DenoisedModel, { kind: 'factored' }>;
  model: CountModel;
  /** [nObs], what one count is worth under the recipe. */
  factor: ArrayLike<number>;
  /** Counts as measured, [nObs, nVar]. */
  counts: CsrMatrix;
}

/**
 * Likelihood of counts under a count model.
 *
 * @param rows observations to look at
 * @param size [nObs], the size of each cell: the counted or the predicted one
 * @throws LacunaError `cancelled`
 */
export async function measureLikelihood(
  engine: Engine,
  { denoised, model, factor, counts }: LikelihoodInput,
  rows: Uint32Array,
  size: ArrayLike<number>,
  { signal, report }: { signal?: AbortSignal; report?: (share: number) => void } = {},
): Promise<LikelihoodFigures> {
  const { tf } = engine;
  const { nVar } = counts;
  const { nDim } = denoised.hidden;
  const step = Math.max(1, Math.min(rows.length, Math.floor(BATCH_ENTRIES / nVar)));
  const held: Tensor[] = [];
  const keep = <T extends Tensor>(tensor: T): T => {
    held.push(tensor);
    return tensor;
  };
  const layer = ({ weights, bias }: CountHead): ((hidden: Tensor2D) => Tensor2D) => {
    const matrix = keep(tf.tensor2d(weights, [nDim, nVar]));
    const offset = keep(tf.tensor1d(bias));
    return (hidden) => tf.add(nDim > 0 ? tf.matMul(hidden, matrix) : tf.zeros([hidden.shape[0], nVar]), offset);
  };
  const { dispersion } = model;
  const linear = layer(denoised);
  const dropout = model.dropout && layer(model.dropout);
  const entryTheta = dispersion?.of === 'entry' ? layer(dispersion.head) : null;
  const geneTheta = dispersion?.of === 'gene' ? keep(tf.tensor2d(dispersion.theta, [1, nVar])) : null;

  const parametersOf = (positions: Uint32Array): CountParameters => {
    const hidden = tf.tensor2d(rowsOf(denoised.hidden.values, nDim, positions), [positions.length, nDim]);
    const columnOf = (value: (row: number) => number): Tensor2D =>
      tf.tensor2d(Float32Array.from(positions, value), [positions.length, 1]);
    const withoutSize = columnOf((row) => -Math.log(factor[row] || 1) - Math.log(model.usedSize[row]));
    let logRate: Tensor2D = tf.add(linear(hidden), withoutSize);
    if (model.logRateLimits) logRate = tf.clipByValue(logRate, ...model.logRateLimits);
    const logMean = tf.add(
      logRate,
      columnOf((row) => Math.log(size[row])),
    );
    let theta: Tensor | null = null;
    if (geneTheta) theta = tf.broadcastTo(geneTheta, [positions.length, nVar]);
    else if (entryTheta) {
      const soft = tf.softplus(entryTheta(hidden));
      const inverse = dispersion?.of === 'entry' && dispersion.link === 'inverse-softplus';
      theta = tf.clipByValue(inverse ? tf.reciprocal(tf.add(soft, LEAST_OVERDISPERSION)) : soft, ...THETA_LIMITS);
    }
    return { logMean, ...(theta && { dispersion: theta }), ...(dropout && { dropout: dropout(hidden) }) };
  };

  const sums = { nll: 0, mse: 0, dropout: 0, zeros: 0 };
  try {
    for (let start = 0; start < rows.length; start += step) {
      await breathe();
      throwIfCancelled(signal);
      report?.(start / rows.length);
      const positions = rows.slice(start, start + step);
      tf.tidy(() => {
        const parameters = parametersOf(positions);
        const nll = countNll(engine, sparseCounts(engine, counts, positions), parameters);
        const zeros = tf.mean(tf.exp(tf.neg(zeroTerms(engine, parameters).nll)));
        const share = positions.length / rows.length;
        sums.nll += nll.dataSync()[0] * share;
        sums.zeros += zeros.dataSync()[0] * share;
        if (parameters.dropout) sums.dropout += tf.mean(tf.sigmoid(parameters.dropout)).dataSync()[0] * share;
        const means = tf.exp(parameters.logMean).dataSync() as Float32Array;
        sums.mse += squaredErrors(counts, positions, means) / (rows.length * nVar);
      });
    }
  } finally {
    tf.dispose(held);
  }
  return sums;
}

function rowsOf(values: Float32Array, nDim: number, positions: Uint32Array): Float32Array {
  const out = new Float32Array(positions.length * nDim);
  positions.forEach((row, at) => out.set(values.subarray(row * nDim, (row + 1) * nDim), at * nDim));
  return out;
}

/** Σ (x − m)² = Σ m² + Σ over the nonzero x of x (x − 2 m). */
function squaredErrors({ indptr, indices, values, nVar }: CsrMatrix, rows: Uint32Array, means: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < means.length; k++) sum += means[k] * means[k];
  rows.forEach((row, r) => {
    for (let k = indptr[row]; k < indptr[row + 1]; k++)
      sum += values[k] * (values[k] - 2 * means[r * nVar + indices[k]]);
  });
  return sum;
}
