import type { Tensor } from '@tensorflow/tfjs-core';
import { boolAttribute, floatType, type RawBackend } from './raw-ops.ts';

/**
 * The product of two float32 matrices, one or both of them transposed if so wanted.
 *
 * By `BatchMatMulV2`, although `MatMul` is some 6 % faster: the kernel behind `MatMul` (TensorFlow 2.21) does not bear a
 * signal. A profiler, or any signal handler on the computing thread, damages the heap while it runs.
 */
export function rawMatMul(
  backend: RawBackend,
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
): Tensor {
  const attributes = [
    floatType(backend),
    boolAttribute(backend, 'adj_x', transposeA),
    boolAttribute(backend, 'adj_y', transposeB),
  ];
  return backend.executeSingleOutput('BatchMatMulV2', attributes, [a, b]);
}
