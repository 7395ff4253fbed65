import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';

/** `log(1 + x)` that keeps its digits near 0; the WebAssembly kernel adds first and loses them (Kahan's remedy). */
export function log1p({ tf, backend }: Engine, x: Tensor): Tensor {
  if (backend === 'tensorflow') return tf.log1p(x);
  const sum = tf.add(x, 1);
  const rounded = tf.sub(sum, 1);
  const none = tf.equal(rounded, 0);
  const corrected = tf.div(tf.mul(tf.log(sum), x), tf.where(none, tf.onesLike(x), rounded));
  return tf.where(none, x, corrected);
}

/** `eˣ − 1` for x ≤ 0 that keeps its digits near 0; likewise. */
export function expm1({ tf, backend }: Engine, x: Tensor): Tensor {
  if (backend === 'tensorflow') return tf.expm1(x);
  const power = tf.exp(x);
  const less = tf.sub(power, 1);
  const none = tf.equal(less, 0);
  // Far from 0 nothing is lost, and the logarithm of a vanished power would be infinite.
  const far = tf.less(x, -1);
  const log = tf.log(tf.where(tf.logicalOr(far, none), tf.fill(x.shape, 0.5), power));
  return tf.where(far, less, tf.where(none, x, tf.div(tf.mul(less, x), log)));
}
