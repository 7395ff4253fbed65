import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { floatType, type OpAttribute, type RawBackend } from './raw-ops.ts';

/** Float32 arrays put together and taken apart by TensorFlow's own operations, outside the gradient tape. */
export interface RawArrays {
  /** Matrices below one another (axis 0) or side by side (axis 1). */
  concat(axis: 0 | 1, parts: Tensor[]): Tensor;
  reshape(x: Tensor, shape: number[]): Tensor;
  /** A box of `size` from `begin`. Of a vector, a piece that starts and ends at multiples of 16 is not copied. */
  slice(x: Tensor, begin: number[], size: number[]): Tensor;
  transpose(x: Tensor): Tensor;
  /** The sum over a matrix. */
  sum(x: Tensor): Tensor;
}

/** The same for one engine; call it within `tf.tidy`, which frees what the operations are told. */
export function rawArrays({ tf }: Engine, backend: RawBackend): RawArrays {
  const { TF_INT32, TF_ATTR_TYPE, TF_ATTR_INT, TF_ATTR_BOOL } = backend.binding;
  const float = floatType(backend);
  const indexed = (name: string): OpAttribute[] => [float, { name, type: TF_ATTR_TYPE, value: TF_INT32 }];
  const integers = (values: number[]): Tensor => tf.tensor1d(values, 'int32');
  return {
    concat: (axis, parts) =>
      backend.executeSingleOutput(
        'ConcatV2',
        [...indexed('Tidx'), { name: 'N', type: TF_ATTR_INT, value: parts.length }],
        [...parts, tf.scalar(axis, 'int32')],
      ),
    reshape: (x, shape) => backend.executeSingleOutput('Reshape', indexed('Tshape'), [x, integers(shape)]),
    slice: (x, begin, size) =>
      backend.executeSingleOutput('Slice', indexed('Index'), [x, integers(begin), integers(size)]),
    transpose: (x) => backend.executeSingleOutput('Transpose', indexed('Tperm'), [x, integers([1, 0])]),
    sum: (x) =>
      backend.executeSingleOutput(
        'Sum',
        [...indexed('Tidx'), { name: 'keep_dims', type: TF_ATTR_BOOL, value: false }],
        [x, integers([0, 1])],
      ),
  };
}
