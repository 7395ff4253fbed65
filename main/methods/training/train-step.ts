import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import type { ParameterStore, Weights } from '../../engine/optimiser/parameter-store.ts';
import { sumOfSquares } from '../../engine/losses/sum-of-squares.ts';
import { readTerms } from './read-terms.ts';
import type { Batch, Trainable } from './training.types.ts';

/** What a step may do besides stepping. */
interface StepOptions {
  learningRate?: number;
  /** Every entry of a gradient is cut off at ± this. */
  clipGradient?: number;
  /** Adds the norm of the whole gradient to what is returned, as `gradientNorm`. */
  gradientNorm?: boolean;
}

/** Gradients of one batch, then one step of the optimiser. Weights read for the batch are gone before the update. */
export function trainStep(
  engine: Engine,
  trainable: Trainable,
  store: ParameterStore,
  batch: Batch,
  { learningRate, clipGradient, gradientNorm = false }: StepOptions = {},
): Record<string, number> {
  const { tf } = engine;
  const names = store.names;
  const weights = store.read();
  const kept: Record<string, Tensor> = {};
  const { value, grads } = tf.engine().gradients(
    () => {
      const terms = trainable.loss(weights, batch);
      for (const [name, term] of Object.entries(terms)) if (name !== 'total') kept[name] = tf.keep(term);
      return terms.total;
    },
    names.map((name) => weights[name]),
    undefined,
    true,
  );
  for (const name of names) weights[name].dispose();
  if (gradientNorm) kept.gradientNorm = tf.tidy(() => normOf(engine, grads));
  const gradients: Weights = {};
  names.forEach((name, i) => {
    // A weight that the loss does not touch (a term whose factor is still zero) has no gradient.
    if (grads[i]) gradients[name] = grads[i];
    else gradients[name] = tf.zeros([...trainable.parameters[name].shape]);
    if (clipGradient === undefined) return;
    const whole = gradients[name];
    gradients[name] = tf.clipByValue(whole, -clipGradient, clipGradient);
    whole.dispose();
  });
  store.step(gradients, learningRate);
  for (const gradient of Object.values(gradients)) gradient.dispose();
  return readTerms({ total: value, ...kept });
}

/** ‖g‖₂ over all arrays together. */
function normOf(engine: Engine, gradients: readonly (Tensor | null)[]): Tensor {
  const { tf } = engine;
  const squares = gradients.flatMap((gradient) => (gradient ? [sumOfSquares(engine, gradient)] : []));
  return tf.sqrt(tf.addN(squares));
}
