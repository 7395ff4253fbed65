import type * as tfCore from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { boolAttribute, floatType, type RawBackend } from './raw-ops.ts';

/**
 * Makes `tf.matMul` of two matrices use TensorFlow's `MatMul`. tfjs-node always takes `BatchMatMulV2`, which is two to
 * three times as slow on the tall products of a first or last layer (256 × 13,714 × 128).
 */
export function useFastMatMul(tf: typeof tfCore): void {
  const general = tf.getKernel('BatchMatMul', 'tensorflow');
  if (!general) return;
  tf.unregisterKernel('BatchMatMul', 'tensorflow');
  tf.registerKernel({
    ...general,
    kernelFunc: (params) => {
      const { a, b } = params.inputs as unknown as { a: Tensor; b: Tensor };
      if (a.shape.length !== 2 || b.shape.length !== 2 || a.dtype !== 'float32' || b.dtype !== 'float32')
        return general.kernelFunc(params);
      const backend = params.backend as RawBackend;
      const { transposeA, transposeB } = params.attrs as unknown as { transposeA: boolean; transposeB: boolean };
      const attributes = [
        boolAttribute(backend, 'transpose_a', transposeA),
        boolAttribute(backend, 'transpose_b', transposeB),
        floatType(backend),
      ];
      return backend.executeSingleOutput('MatMul', attributes, [a, b]);
    },
  });
}
