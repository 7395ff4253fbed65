import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';

/**
 * How a predicted value x̂ ≥ 0 becomes the chance that a gene is there: tanh x̂ as the paper prints it (equation 3), or
 * 2σ(x̂) − 1 = tanh(x̂ / 2) as its code computes it.
 */
export type PseudoProbability = 'tanh' | 'sigmoid';

const EPSILON = 1;

/**
 * Dice loss of predicted presence against measured presence, over all entries of a batch (SUICA, equation 3; Sudre et
 * al. 2017): `1 − (2 Σ p·g + ε) / (Σ p + Σ g + ε)` with g = [x > 0] and ε = 1.
 */
export function diceLoss(engine: Engine, predicted: Tensor, measured: Tensor, kind: PseudoProbability): Scalar {
  const { tf } = engine;
  const p = tf.tanh(kind === 'tanh' ? predicted : tf.div(predicted, 2));
  const g = tf.cast(tf.greater(measured, 0), 'float32');
  const overlap = tf.add(tf.mul(tf.sum(tf.mul(p, g)), 2), EPSILON);
  const sizes = tf.add(tf.add(tf.sum(p), tf.sum(g)), EPSILON);
  return tf.sub(1, tf.div(overlap, sizes)) as Scalar;
}
