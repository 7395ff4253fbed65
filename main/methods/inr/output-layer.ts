import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { denseParameters } from '../../engine/layers/dense.ts';
import { linearSquaredError } from '../../engine/losses/linear-squared-error.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { BatchData } from '../training/training.types.ts';

/**
 * How the last hidden layer becomes expression.
 * `relu`: max(0, hW + b), first values drawn at random, as published.
 * `mean`: mean + sd · (hW + b) of every gene, W and b starting at 0. Training starts at the mean of the training spots, and since
 * Adam's steps are of one size, a gene that hardly varies is moved as gently as it deserves.
 */
export type OutputKind = 'relu' | 'mean';

/** An output layer with what it knows of the genes. */
export interface OutputLayer {
  kind: OutputKind;
  nHidden: number;
  nVar: number;
  /** [nVar], of the training observations. */
  mean: Float32Array;
  sd: Float32Array;
}

/** Names of its arrays. */
export const OUTPUT_KERNEL = 'output/kernel';
export const OUTPUT_BIAS = 'output/bias';

export function createOutputLayer(
  kind: OutputKind,
  nHidden: number,
  data: BatchData & Pick<ExpressionSource, 'geneMean' | 'geneSd'>,
): OutputLayer {
  return { kind, nHidden, nVar: data.nVar, mean: data.geneMean, sd: data.geneSd };
}

export function outputParameters(
  { kind, nHidden, nVar }: Pick<OutputLayer, 'kind' | 'nHidden' | 'nVar'>,
  random: Random,
): Record<string, ParameterSpec> {
  if (kind === 'relu') return denseParameters('output', nHidden, nVar, random);
  return {
    [OUTPUT_KERNEL]: { shape: [nHidden, nVar], initial: new Float32Array(nHidden * nVar) },
    [OUTPUT_BIAS]: { shape: [nVar], initial: new Float32Array(nVar) },
  };
}

/** Kernel [nHidden, nVar] and bias [nVar] on the scale of the data. */
function onDataScale(engine: Engine, weights: Weights, layer: OutputLayer): { kernel: Tensor2D; bias: Tensor1D } {
  const kernel = weights[OUTPUT_KERNEL] as Tensor2D;
  const bias = weights[OUTPUT_BIAS] as Tensor1D;
  if (layer.kind === 'relu') return { kernel, bias };
  const { tf } = engine;
  const sd = tf.tensor1d(layer.sd.slice());
  return { kernel: tf.mul(kernel, sd), bias: tf.add(tf.mul(bias, sd), tf.tensor1d(layer.mean.slice())) };
}

/** Hidden [n, nHidden] → expression [n, nVar]. */
export function outputOf(engine: Engine, weights: Weights, layer: OutputLayer, hidden: Tensor2D): Tensor2D {
  const { tf } = engine;
  const { kernel, bias } = onDataScale(engine, weights, layer);
  const linear = tf.add(tf.matMul(hidden, kernel), bias) as Tensor2D;
  return layer.kind === 'relu' ? tf.relu(linear) : linear;
}

/** Mean squared error of the expression over all entries of a batch. */
export function outputSquaredError(
  engine: Engine,
  weights: Weights,
  layer: OutputLayer,
  hidden: Tensor2D,
  x: Tensor2D,
): Scalar {
  const { tf } = engine;
  if (layer.kind === 'relu') return tf.mean(tf.squaredDifference(outputOf(engine, weights, layer, hidden), x));
  const { kernel, bias } = onDataScale(engine, weights, layer);
  return tf.div(linearSquaredError(engine, hidden, kernel, bias, x), layer.nVar);
}

/** The trained layer as a factored model hands it out: weights [nHidden, nVar] and bias [nVar] on the scale of the data. */
export function handOutOutput(
  layer: OutputLayer,
  arrays: Record<string, Float32Array>,
): { weights: Float32Array; bias: Float32Array } {
  const [kernel, bias] = [arrays[OUTPUT_KERNEL], arrays[OUTPUT_BIAS]];
  if (layer.kind === 'relu') return { weights: kernel, bias };
  const { nVar, mean, sd } = layer;
  return {
    weights: kernel.map((value, k) => value * sd[k % nVar]),
    bias: bias.map((value, j) => mean[j] + value * sd[j]),
  };
}
