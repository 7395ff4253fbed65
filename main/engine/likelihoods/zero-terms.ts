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

/** No probability of a zero is taken to be less, or its logarithm and the shares of it would break down. */
const LEAST = 1e-37;

/**
 * The terms of a zero count. With k = μ (Poisson) or θ log(1 + μ/θ) (negative binomial) a zero has probability e⁻ᵏ, and with
 * dropout logit r it has `p = σ(r) + σ(−r) e⁻ᵏ` (ZiPo, section II-D). That is a sum of positive numbers, so it keeps its digits
 * however small; where it is near 1, its logarithm is that of `1 + t` with `t = σ(−r) (e⁻ᵏ − 1)` instead.
 */
export function zeroTerms(engine: Engine, { logMean, dispersion, dropout }: CountParameters): CountTerms {
  const { tf } = engine;
  const mean = tf.exp(logMean);
  const { k, byLogMean, byDispersion } = dispersion
    ? negativeBinomialZero(engine, mean, dispersion)
    : { k: mean, byLogMean: mean, byDispersion: undefined };
  if (!dropout) return { nll: k, logMean: byLogMean, ...(byDispersion && { dispersion: byDispersion }) };
  const lost = tf.sigmoid(dropout);
  const kept = tf.sigmoid(tf.neg(dropout));
  const negated = tf.neg(k);
  const t = tf.mul(kept, expm1(engine, negated));
  const keptZero = tf.mul(kept, tf.exp(negated));
  const p = tf.maximum(tf.add(lost, keptZero), LEAST);
  const nll = tf.neg(tf.where(tf.greater(t, -0.5), log1p(engine, t), tf.log(p)));
  const expressed = tf.div(keptZero, p);
  return {
    nll,
    logMean: tf.mul(byLogMean, expressed),
    dropout: tf.div(tf.mul(lost, t), p),
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
