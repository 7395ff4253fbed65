import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Engine } from '../../engine/engine.ts';
import { valuesOf } from '../../engine/values-of.ts';
import type { OutputStatistics } from './output-statistics.ts';

/** A linear output layer: expression = hidden · weights + bias. */
export interface LinearOutput {
  /** [nHidden, nVar] */
  weights: Float32Array;
  /** [nVar] */
  bias: Float32Array;
}

/** Penalties tried for every gene, relative to the mean eigenvalue of the hidden layer's scatter. */
const N_PENALTIES = 25;
const SMALLEST = 1e-7;
const LARGEST = 1e3;

/**
 * The best linear output layer on a given hidden layer, in closed form: ridge regression of every gene, each with the
 * penalty that generalised cross-validation finds best (Golub, Heath and Wahba, "Generalized cross-validation as a method
 * for choosing a good ridge parameter", 1979), up to an infinite one, which is the gene's mean. Genes without a pattern in
 * the tissue are thus drawn to their mean, and clear ones are followed closely.
 *
 * @param caution how many degrees of freedom one of the fit counts for in the criterion; more than 1 where the hidden layer was
 *   itself fitted to these observations
 */
export function solveOutput(engine: Engine, stats: OutputStatistics, caution: number): LinearOutput {
  const { tf } = engine;
  const { n, nHidden, nVar, hy, y, yy } = stats;
  const meanH = stats.h.map((sum) => sum / n);
  const meanY = y.map((sum) => sum / n);
  const scatter = new Matrix(nHidden, nHidden);
  for (let a = 0; a < nHidden; a++)
    for (let b = 0; b < nHidden; b++) scatter.set(a, b, stats.hh[a * nHidden + b] - n * meanH[a] * meanH[b]);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(scatter, { assumeSymmetric: true });
  const eigenvalues = realEigenvalues.map((value) => Math.max(0, value));
  const vectors = Float32Array.from({ length: nHidden * nHidden }, (_, k) =>
    eigenvectorMatrix.get(Math.floor(k / nHidden), k % nHidden),
  );
  const centred = new Float32Array(nHidden * nVar);
  for (let a = 0; a < nHidden; a++)
    for (let j = 0; j < nVar; j++) centred[a * nVar + j] = hy[a * nVar + j] - n * meanH[a] * meanY[j];

  const rotation = tf.tensor2d(vectors, [nHidden, nHidden]);
  const rotated = valuesOf(engine, () => tf.matMul(rotation, tf.tensor2d(centred, [nHidden, nVar]), true));
  // Directions in which the hidden layer hardly moves are rounding, not patterns.
  let power = 0;
  for (let a = 0; a < nHidden; a++) power += stats.hh[a * nHidden + a];
  for (let a = 0; a < nHidden; a++) if (eigenvalues[a] <= 1e-6 * power) rotated.fill(0, a * nVar, (a + 1) * nVar);
  const coefficients = rotated.slice();
  const unit = eigenvalues.reduce((sum, value) => sum + value, 0) / nHidden || 1;
  const penalties = Array.from(
    { length: N_PENALTIES },
    (_, i) => unit * SMALLEST * (LARGEST / SMALLEST) ** (i / (N_PENALTIES - 1)),
  );
  const freedom = penalties.map((penalty) =>
    eigenvalues.reduce((sum, value) => sum + value / (value + penalty || 1), 0),
  );
  const total = Float64Array.from(yy, (sum, j) => Math.max(0, sum - n * meanY[j] * meanY[j]));
  const best = total.map((value) => value / (1 - caution / n) ** 2);
  const chosen = new Float64Array(nVar).fill(Infinity);
  const explained = new Float64Array(nVar);
  penalties.forEach((penalty, p) => {
    const left = 1 - (caution * (freedom[p] + 1)) / n;
    if (left < 0.05) return;
    explained.fill(0);
    // Gene after gene within a direction, as they lie in memory.
    for (let a = 0; a < nHidden; a++) {
      const shrunk = 1 / (eigenvalues[a] + penalty);
      const share = 2 * shrunk - eigenvalues[a] * shrunk * shrunk;
      const at = a * nVar;
      for (let j = 0; j < nVar; j++) explained[j] += share * rotated[at + j] * rotated[at + j];
    }
    for (let j = 0; j < nVar; j++) {
      const criterion = (total[j] - explained[j]) / left ** 2;
      if (criterion >= best[j]) continue;
      best[j] = criterion;
      chosen[j] = penalty;
    }
  });
  for (let a = 0; a < nHidden; a++)
    for (let j = 0; j < nVar; j++)
      coefficients[a * nVar + j] = chosen[j] === Infinity ? 0 : rotated[a * nVar + j] / (eigenvalues[a] + chosen[j]);
  const weights = valuesOf(engine, () => tf.matMul(rotation, tf.tensor2d(coefficients, [nHidden, nVar]))).slice();
  rotation.dispose();
  const bias = Float32Array.from(meanY);
  for (let a = 0; a < nHidden; a++) for (let j = 0; j < nVar; j++) bias[j] -= meanH[a] * weights[a * nVar + j];
  return { weights, bias };
}

/** Mean squared error over all entries of the observations behind the statistics. */
export function outputError(engine: Engine, stats: OutputStatistics, { weights, bias }: LinearOutput): number {
  const { tf } = engine;
  const { n, nHidden, nVar, h, hh, hy, y, yy } = stats;
  // Σ (y − Wᵀh − b)² = Σy² + wᵀ(HHᵀ)w + nb² + 2b wᵀΣh − 2wᵀΣhy − 2bΣy for every gene.
  const squared = valuesOf(engine, () => {
    const w = tf.tensor2d(weights.slice(), [nHidden, nVar]);
    return tf.sum(tf.mul(w, tf.matMul(tf.tensor2d(Float32Array.from(hh), [nHidden, nHidden]), w)), 0);
  });
  let total = 0;
  for (let j = 0; j < nVar; j++) {
    let wh = 0;
    let why = 0;
    for (let a = 0; a < nHidden; a++) {
      wh += weights[a * nVar + j] * h[a];
      why += weights[a * nVar + j] * hy[a * nVar + j];
    }
    total += yy[j] + squared[j] + n * bias[j] ** 2 + 2 * bias[j] * wh - 2 * why - 2 * bias[j] * y[j];
  }
  return total / (n * nVar);
}
