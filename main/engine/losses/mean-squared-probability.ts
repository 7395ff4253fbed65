import type { NamedTensorMap, Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { floatType, rawBackend } from '../tensorflow/raw-ops.ts';

/**
 * `mean σ(r)²` over all entries as one node of the gradient tape: two passes forward and two backward, where composing it takes
 * nine.
 *
 * @param logits r, of any shape
 */
export function meanSquaredProbability(engine: Engine, logits: Tensor): Scalar {
  const { tf } = engine;
  const backend = rawBackend(engine);
  const meanOf = tf.customGrad((...inputs: unknown[]) => {
    const [r, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const z = tf.sigmoid(r);
    save([z]);
    // Half of the sum of squares.
    const half = backend
      ? backend.executeSingleOutput('L2Loss', [floatType(backend)], [z])
      : tf.div(tf.sum(tf.square(z)), 2);
    const value = tf.mul(half, 2 / r.size) as Scalar;
    const gradFunc = (dy: Scalar, [saved]: Tensor[]): Tensor => {
      const slope = tf.mul(saved, tf.mul(dy, 2 / saved.size));
      return backend
        ? backend.executeSingleOutput('SigmoidGrad', [floatType(backend)], [saved, slope])
        : tf.mul(slope, tf.mul(saved, tf.sub(1, saved)));
    };
    return { value, gradFunc: gradFunc as (dy: Tensor, saved: Tensor[]) => Tensor & NamedTensorMap };
  });
  return meanOf(logits) as Scalar;
}
