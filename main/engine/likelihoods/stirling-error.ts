import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { digamma, logGamma } from './gamma-function.ts';

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
/** From here on five terms of the series are exact in float32. */
const SERIES_FROM = 3;

/**
 * What Stirling's formula lacks: `δ(z) = log Γ(z + 1) − (z + ½) log z + z − ½ log 2π` for z > 0. It is small where log Γ
 * itself is large, so that differences of it keep their digits in float32 (Loader, "Fast and Accurate Computation of
 * Binomial Probabilities", 2000). Not on the gradient tape; see `stirlingErrorSlope`.
 */
export function stirlingError(engine: Engine, z: Tensor): Tensor {
  const { tf } = engine;
  const inverse = tf.reciprocal(tf.maximum(z, SERIES_FROM));
  const far = tf.mul(inverse, polynomial(tf, tf.square(inverse), [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188]));
  const close = tf.minimum(z, SERIES_FROM);
  const near = tf.add(
    tf.sub(logGamma(engine, tf.add(close, 1)), tf.mul(tf.add(close, 0.5), tf.log(close))),
    tf.sub(close, HALF_LOG_TWO_PI),
  );
  return tf.where(tf.less(z, SERIES_FROM), near, far);
}

/** `dδ/dz = ψ(z) + 1 / (2z) − log z` of the same. */
export function stirlingErrorSlope(engine: Engine, z: Tensor): Tensor {
  const { tf } = engine;
  const squared = tf.square(tf.reciprocal(tf.maximum(z, SERIES_FROM)));
  const far = tf.mul(squared, polynomial(tf, squared, [-1 / 12, 1 / 120, -1 / 252, 1 / 240, -1 / 132]));
  const close = tf.minimum(z, SERIES_FROM);
  const near = tf.sub(tf.add(digamma(engine, close), tf.div(0.5, close)), tf.log(close));
  return tf.where(tf.less(z, SERIES_FROM), near, far);
}

function polynomial(tf: Engine['tf'], x: Tensor, coefficients: readonly number[]): Tensor {
  let sum: Tensor = tf.scalar(coefficients[coefficients.length - 1]);
  for (let i = coefficients.length - 2; i >= 0; i--) sum = tf.add(tf.mul(sum, x), coefficients[i]);
  return sum;
}
