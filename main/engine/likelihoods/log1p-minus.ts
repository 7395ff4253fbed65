import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';

/** Below this the series has more digits than the difference, and two terms of it are enough. */
const NEAR = 0.1;

/**
 * `log(1 + t) − t` for t > −1, never above 0, without the cancellation that costs the digits of small t: with
 * v = t / (2 + t) it is `−t v + 2 v³ (1/3 + v²/5 + …)`. Not on the gradient tape.
 *
 * @param log log(1 + t), worked out in a way that keeps its digits
 */
export function log1pMinus({ tf }: Engine, t: Tensor, log: Tensor): Tensor {
  const near = tf.clipByValue(t, -NEAR, NEAR);
  const v = tf.div(near, tf.add(near, 2));
  const squared = tf.square(v);
  const series = tf.mul(squared, tf.add(tf.mul(squared, 2 / 5), 2 / 3));
  const small = tf.mul(v, tf.sub(series, near));
  return tf.where(tf.less(tf.abs(t), NEAR), small, tf.sub(log, t));
}
