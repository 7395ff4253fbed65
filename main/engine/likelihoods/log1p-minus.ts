import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';

/** Below this the series has more digits than the difference. */
const NEAR = 0.3;
/** From here down to −1 the rounding of t itself would be felt. */
const FAR = -0.5;

/**
 * `log(1 + t) − t` for t > −1, never above 0, without the cancellation that costs the digits of small t: with
 * v = t / (2 + t) it is `−t v + 2 v³ (1/3 + v²/5 + v⁴/7 + …)`. Not on the gradient tape.
 *
 * @param log log(1 + t), worked out in a way that keeps its digits near t = −1; read there alone
 */
export function log1pMinus({ tf }: Engine, t: Tensor, log: Tensor): Tensor {
  const near = tf.clipByValue(t, -NEAR, NEAR);
  const v = tf.div(near, tf.add(near, 2));
  const squared = tf.square(v);
  let series: Tensor = tf.scalar(1 / 11);
  for (const odd of [9, 7, 5, 3]) series = tf.add(tf.mul(series, squared), 1 / odd);
  const small = tf.mul(v, tf.sub(tf.mul(tf.mul(series, squared), 2), near));
  const large = tf.sub(tf.where(tf.less(t, FAR), log, tf.log1p(tf.maximum(t, FAR))), t);
  return tf.where(tf.less(tf.abs(t), NEAR), small, large);
}
