import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { rawMatMul } from '../tensorflow/raw-mat-mul.ts';
import { floatType, rawBackend, stringAttribute, type RawBackend } from '../tensorflow/raw-ops.ts';

/**
 * `x · W + b` without a gradient of its own, for expressions that bring theirs: x [n, nIn], kernel [nIn, nOut],
 * bias [nOut].
 */
export function affine(engine: Engine, x: Tensor2D, kernel: Tensor2D, bias: Tensor1D): Tensor2D {
  const backend = rawBackend(engine);
  if (backend) return rawAffine(backend, x, kernel, bias) as Tensor2D;
  const { tf } = engine;
  return tf.tidy(() => tf.add(tf.matMul(x, kernel), bias));
}

/** The same on native TensorFlow. */
export function rawAffine(backend: RawBackend, x: Tensor, kernel: Tensor, bias: Tensor): Tensor {
  const product = rawMatMul(backend, x, kernel);
  const attributes = [floatType(backend), stringAttribute(backend, 'data_format', 'NHWC')];
  const sum = backend.executeSingleOutput('BiasAdd', attributes, [product, bias]);
  // At once, so that the next array of batch × genes takes its memory while the cache still has it.
  product.dispose();
  return sum;
}
