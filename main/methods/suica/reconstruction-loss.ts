import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import type { LossTerms } from '../training/training.types.ts';
import { diceLoss, type PseudoProbability } from './dice.ts';

/** Mean squared error over the entries that were measured above zero (the first term of SUICA's equation 4). */
export function nonzeroSquaredError(engine: Engine, predicted: Tensor2D, x: Tensor2D): Scalar {
  const { tf } = engine;
  const present = tf.cast(tf.greater(x, 0), 'float32');
  const squared = tf.sum(tf.mul(tf.squaredDifference(predicted, x), present));
  return tf.div(squared, tf.maximum(tf.sum(present), 1));
}

/** Mean absolute error over all entries. */
export function absoluteError(engine: Engine, predicted: Tensor2D, x: Tensor2D): Scalar {
  const { tf } = engine;
  return tf.mean(tf.abs(tf.sub(predicted, x)));
}

/** SUICA's equation 4: squared error of the nonzeros + absolute error of all + λ · Dice. λ = 0 leaves Dice out. */
export function reconstructionLoss(
  engine: Engine,
  predicted: Tensor2D,
  x: Tensor2D,
  settings: { diceWeight: number; pseudoProbability: PseudoProbability },
): LossTerms {
  const { tf } = engine;
  const squared = nonzeroSquaredError(engine, predicted, x);
  const absolute = absoluteError(engine, predicted, x);
  const errors = tf.add(squared, absolute) as Scalar;
  if (settings.diceWeight === 0) return { total: errors, squared, absolute };
  const dice = diceLoss(engine, predicted, x, settings.pseudoProbability);
  return { total: tf.add(errors, tf.mul(dice, settings.diceWeight)), squared, absolute, dice };
}
