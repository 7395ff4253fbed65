import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { floatType, rawBackend } from '../tensorflow/raw-ops.ts';

/** `Σ x²` over all entries. TensorFlow does it in one pass without a temporary array; no gradient is defined. */
export function sumOfSquares(engine: Engine, x: Tensor): Scalar {
  const { tf } = engine;
  const backend = rawBackend(engine);
  if (!backend) return tf.sum(tf.square(x)) as Scalar;
  const half = backend.executeSingleOutput('L2Loss', [floatType(backend)], [x]);
  return tf.mul(half, 2) as Scalar;
}
