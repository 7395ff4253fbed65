import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { log1pMinus } from './log1p-minus.ts';
import { log1p } from './near-zero.ts';
import type { SparseBlock } from './sparse-counts.ts';
import { stirlingError, stirlingErrorSlope } from './stirling-error.ts';
import type { CountParameters, CountTerms } from './zero-terms.ts';

type Counts = Pick<SparseBlock, 'values' | 'logs' | 'constants'>;

/**
 * The terms of counts above zero, all arrays [nnz].
 *
 * log Γ of large numbers would leave no digits in float32. So the likelihood is written as its maximum and the distance from it
 * (Loader's saddle-point expansion): for the Poisson `C(x) + D(x, μ)` with D(x, m) = x log(x/m) + m − x and
 * C(x) = log x! + x − x log x; for the negative binomial, with n = x + θ, a = n/(θ + μ) and b = aμ/x,
 * `C(x) + ½ log(n/θ) + δ(θ) − δ(n) + D(x, xb) + D(θ, θa)`, δ as in `stirlingError`.
 */
export function nonzeroTerms(engine: Engine, counts: Counts, parameters: CountParameters): CountTerms {
  const { tf } = engine;
  const { dropout } = parameters;
  const terms = parameters.dispersion
    ? negativeBinomial(engine, counts, parameters.logMean, parameters.dispersion)
    : poisson(engine, counts, parameters.logMean);
  if (!dropout) return terms;
  return { ...terms, nll: tf.add(terms.nll, tf.softplus(dropout)), dropout: tf.sigmoid(dropout) };
}

function poisson(engine: Engine, { values, logs, constants }: Counts, logMean: Tensor): CountTerms {
  const { tf } = engine;
  const above = tf.sub(tf.exp(logMean), values);
  const distance = distanceOf(engine, tf.div(above, values), tf.sub(logMean, logs));
  return { nll: tf.sub(constants, tf.mul(values, distance)), logMean: above };
}

function negativeBinomial(engine: Engine, counts: Counts, logMean: Tensor, theta: Tensor): CountTerms {
  const { tf } = engine;
  const { values, logs, constants } = counts;
  const mean = tf.exp(logMean);
  const n = tf.add(values, theta);
  const sum = tf.add(mean, theta);
  // a − 1, and b − 1 = −θ/x of it.
  const tA = tf.div(tf.sub(values, mean), sum);
  const tB = tf.neg(tf.div(tf.mul(tA, theta), values));
  const logA = tf.sub(tf.log(n), tf.log(sum));
  const distanceA = distanceOf(engine, tA, logA);
  const distanceB = distanceOf(engine, tB, tf.sub(tf.add(logA, logMean), logs));
  const distance = tf.add(tf.mul(values, distanceB), tf.mul(theta, distanceA));
  const widening = tf.mul(log1p(engine, tf.div(values, theta)), 0.5);
  const errors = tf.sub(stirlingError(engine, theta), stirlingError(engine, n));
  const slopes = tf.sub(stirlingErrorSlope(engine, theta), stirlingErrorSlope(engine, n));
  return {
    nll: tf.sub(tf.add(tf.add(constants, widening), errors), distance),
    logMean: tf.neg(tf.mul(tA, theta)),
    dispersion: tf.sub(slopes, tf.add(distanceA, tf.mul(tf.div(tf.div(values, theta), n), 0.5))),
  };
}

/** From here down to −1 the rounding of t itself would be felt; above, the rounding of the logarithms whose difference `log` is. */
const FAR = -0.5;

/** log(1 + t) − t. */
function distanceOf(engine: Engine, t: Tensor, log: Tensor): Tensor {
  const { tf } = engine;
  return log1pMinus(engine, t, tf.where(tf.less(t, FAR), log, log1p(engine, tf.maximum(t, FAR))));
}
