import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from './engine.ts';

/**
 * The values of what `compute` makes; every tensor in between is disposed of.
 *
 * An array must not be returned from `tf.tidy` itself: it looks for tensors in whatever it is given, and goes through every number
 * of the array, a thousand times slower than reading it.
 */
export function valuesOf({ tf }: Engine, compute: () => Tensor): Float32Array {
  const result = tf.tidy(compute);
  try {
    return result.dataSync<'float32'>();
  } finally {
    result.dispose();
  }
}
