import type { NamedTensorMap, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { floatType, rawBackend } from '../tensorflow/raw-ops.ts';

/** Logarithms of the softmax of every row, by TensorFlow's own operation where there is one: [n, width]. */
export function logSoftmax(engine: Engine, x: Tensor2D): Tensor2D {
  const { tf } = engine;
  const backend = rawBackend(engine);
  if (!backend) return tf.logSoftmax(x);
  const softmaxOf = tf.customGrad((...inputs: unknown[]) => {
    const [linear, save] = inputs as [Tensor2D, (tensors: Tensor[]) => void];
    const value = backend.executeSingleOutput('LogSoftmax', [floatType(backend)], [linear]);
    save([value]);
    const gradFunc = (dy: Tensor, [saved]: Tensor[]): Tensor => tf.sub(dy, tf.mul(tf.exp(saved), tf.sum(dy, 1, true)));
    return { value, gradFunc: gradFunc as (dy: Tensor, saved: Tensor[]) => Tensor & NamedTensorMap };
  });
  return softmaxOf(x) as Tensor2D;
}
