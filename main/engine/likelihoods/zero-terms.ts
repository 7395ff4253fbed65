import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { log1pMinus } from './log1p-minus.ts';
import { expm1, log1p } from './near-zero.ts';

/** Parameters of a count distribution, entry by entry, all of one shape. */
export interface CountParameters {
  /** log μ of the distribution before zero inflation. */
  logMean: Tensor;
  /** θ of the negative binomial (variance μ + μ²/θ); left out: Poisson. */
  dispersion?: Tensor;
  /** logit of the probability of a dropout; left out: none. */
  dropout?: Tensor;
}

/** Negative log-likelihoods with their derivatives by each parameter that is there. */
export interface CountTerms extends Partial<CountParameters> {
  nll: Tensor;
  logMean: Tensor;
}

/**
 * The terms of a zero count. With k = μ (Poisson) or θ log(1 + μ/θ) (negative binomial) a zero has probability e⁻ᵏ, and with
 * dropout logit r it has σ(r) + σ(−r) e⁻ᵏ, whose negative logarithm is, with u = σ(−r) (1 − e⁻ᵏ),
 * `softplus(−r) − softplus(−r − k)` (ZiPo, section II-D, by log σ) where it is large, and `−log(1 − u)` where it is small.
 */
export function zeroTerms(engine: Engine, { logMean, dispersion, dropout }: CountParameters): CountTerms {
  const { tf } = engine;
  const mean = tf.exp(logMean);
  const { k, byLogMean, byDispersion } = dispersion
    ? negativeBinomialZero(engine, mean, dispersion)
    : { k: mean, byLogMean: mean, byDispersion: undefined };
  if (!dropout) return { nll: k, logMean: byLogMean, ...(byDispersion && { dispersion: byDispersion }) };
  const negated = tf.neg(dropout);
  const u = tf.mul(tf.sigmoid(negated), tf.neg(expm1(engine, tf.neg(k))));
  const rest = tf.sub(negated, k);
  const large = tf.sub(tf.softplus(negated), tf.softplus(rest));
  const nll = tf.where(tf.less(u, 0.5), tf.neg(log1p(engine, tf.neg(u))), large);
  const expressed = tf.sigmoid(rest);
  return {
    nll,
    logMean: tf.mul(byLogMean, expressed),
    dropout: tf.neg(tf.mul(tf.sigmoid(tf.neg(rest)), u)),
    ...(byDispersion && { dispersion: tf.mul(byDispersion, expressed) }),
  };
}

function negativeBinomialZero(
  engine: Engine,
  mean: Tensor,
  dispersion: Tensor,
): { k: Tensor; byLogMean: Tensor; byDispersion: Tensor } {
  const { tf } = engine;
  const share = tf.div(mean, tf.add(mean, dispersion));
  const log = log1p(engine, tf.div(mean, dispersion));
  return {
    k: tf.mul(dispersion, log),
    byLogMean: tf.mul(dispersion, share),
    byDispersion: tf.neg(log1pMinus(engine, tf.neg(share), tf.neg(log))),
  };
}
