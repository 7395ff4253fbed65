import type { Tensor2D, Tensor1D } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import type { ParameterSpec, Weights } from '../optimiser/parameter-store.ts';
import type { Random } from '../random/random.ts';
import { rawDense } from './raw-dense.ts';

/** `linear` leaves values as they are. */
export type Activation = 'linear' | 'relu';

/** `activation(x · W + b)`: x [n, nIn], `name/kernel` [nIn, nOut], `name/bias` [nOut]. */
export function dense(engine: Engine, weights: Weights, name: string, x: Tensor2D, activation: Activation): Tensor2D {
  const kernel = weights[`${name}/kernel`] as Tensor2D;
  const bias = weights[`${name}/bias`] as Tensor1D;
  const raw = rawDense(engine, x, kernel, bias, activation);
  if (raw) return raw;
  const { tf } = engine;
  const linear = tf.add(tf.matMul(x, kernel), bias) as Tensor2D;
  return activation === 'relu' ? tf.relu(linear) : linear;
}

/** First values as Keras draws them (Glorot and Bengio 2010): weights uniform in ±√(6 / (nIn + nOut)), biases zero. */
export function glorotParameters(
  name: string,
  nIn: number,
  nOut: number,
  random: Random,
): Record<string, ParameterSpec> {
  const bound = Math.sqrt(6 / (nIn + nOut));
  return {
    [`${name}/kernel`]: {
      shape: [nIn, nOut],
      initial: random.fillUniform(new Float32Array(nIn * nOut), -bound, bound),
    },
    [`${name}/bias`]: { shape: [nOut], initial: new Float32Array(nOut) },
  };
}

/**
 * First values as PyTorch's `nn.Linear` draws them, which the published autoencoders relied on: weights and biases
 * uniform in ±1/√nIn (He et al. 2015 with a = √5).
 */
export function denseParameters(
  name: string,
  nIn: number,
  nOut: number,
  random: Random,
): Record<string, ParameterSpec> {
  const bound = 1 / Math.sqrt(nIn);
  return {
    [`${name}/kernel`]: {
      shape: [nIn, nOut],
      initial: random.fillUniform(new Float32Array(nIn * nOut), -bound, bound),
    },
    [`${name}/bias`]: { shape: [nOut], initial: random.fillUniform(new Float32Array(nOut), -bound, bound) },
  };
}
