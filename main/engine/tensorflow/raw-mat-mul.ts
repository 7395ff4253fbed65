import type { Tensor } from '@tensorflow/tfjs-core';
import { boolAttribute, floatType, type RawBackend } from './raw-ops.ts';

/** Products of fewer multiplications than this are not worth oneDNN's preparations. */
const SMALL = 1.5e6;

/**
 * The product of two float32 matrices, one or both of them transposed if so wanted.
 *
 * Large ones by `BatchMatMulV2`, which oneDNN computes; small ones on the processor by `BatchMatMulV3`, which Eigen does: a
 * product of 256 × 32 × 16 in 22 instead of 41 µs. Not by `MatMul`, although it is some 6 % faster: its kernel in
 * TensorFlow 2.21 does not bear a signal (see `loadTensorflow`).
 */
export function rawMatMul(
  backend: RawBackend,
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
): Tensor {
  const adjoint = [boolAttribute(backend, 'adj_x', transposeA), boolAttribute(backend, 'adj_y', transposeB)];
  if (!backend.isUsingGpuDevice && a.size * (transposeB ? b.shape[0] : b.shape[1])! < SMALL) {
    const types = ['Ta', 'Tb', 'Tout'].map((name) => floatType(backend, name));
    return backend.executeSingleOutput('BatchMatMulV3', [...types, ...adjoint], [a, b]);
  }
  return backend.executeSingleOutput('BatchMatMulV2', [floatType(backend), ...adjoint], [a, b]);
}
