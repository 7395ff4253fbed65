import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import type { ParameterSpec, Weights } from '../optimiser/parameter-store.ts';

const EPSILON = 1e-5;

/** Mean and variance of every unit over one batch, by layer name. */
export type MomentsSeen = (name: string, mean: Tensor1D, variance: Tensor1D) => void;

/** Mean and variance of every unit, [width] each. */
export interface Moments {
  mean: Tensor1D;
  variance: Tensor1D;
}

/** `name/scale` γ and `name/shift` β of a batch-normalised layer: 1 and 0 at first. */
export function batchNormParameters(name: string, width: number): Record<string, ParameterSpec> {
  return {
    [`${name}/scale`]: { shape: [width], initial: new Float32Array(width).fill(1) },
    [`${name}/shift`]: { shape: [width], initial: new Float32Array(width) },
  };
}

/**
 * `γ (x − mean) / √(variance + 10⁻⁵) + β` with the moments of this batch (Ioffe and Szegedy, "Batch Normalization", 2015,
 * algorithm 1); a layer without `name/scale` has γ = 1. After training the layer before is folded with averaged moments
 * instead (see `foldBatchNorm`), or they are given.
 *
 * @param given used in place of the moments of this batch
 */
export function batchNorm(
  engine: Engine,
  weights: Weights,
  name: string,
  x: Tensor2D,
  seen?: MomentsSeen,
  given?: Moments,
): Tensor2D {
  const { tf } = engine;
  const mean = given?.mean ?? tf.mean<Tensor1D>(x, 0);
  const centred = tf.sub(x, mean);
  const variance = given?.variance ?? tf.mean<Tensor1D>(tf.square(centred), 0);
  seen?.(name, mean, variance);
  const scale = weights[`${name}/scale`];
  const inverse = tf.rsqrt(tf.add(variance, EPSILON));
  return tf.add(tf.mul(centred, scale ? tf.mul(inverse, scale) : inverse), weights[`${name}/shift`]);
}

/**
 * Takes a normalised dense layer for a plain one with the same output at the given moments: kernel · s and
 * (bias − mean) · s + β with s = γ / √(variance + 10⁻⁵).
 *
 * @param arrays `name/kernel`, `name/bias`, `name/scale`, `name/shift`
 * @returns `name/kernel` and `name/bias`
 */
export function foldBatchNorm(
  arrays: Record<string, Float32Array>,
  name: string,
  moments: { mean: ArrayLike<number>; variance: ArrayLike<number> },
): Record<string, Float32Array> {
  const [kernel, bias, scale, shift] = ['kernel', 'bias', 'scale', 'shift'].map((part) => arrays[`${name}/${part}`]);
  const width = bias.length;
  const factor = scale.map((value, j) => value / Math.sqrt(moments.variance[j] + EPSILON));
  return {
    [`${name}/kernel`]: kernel.map((value, k) => value * factor[k % width]),
    [`${name}/bias`]: bias.map((value, j) => (value - moments.mean[j]) * factor[j] + shift[j]),
  };
}
