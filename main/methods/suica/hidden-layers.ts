import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { batchNorm, batchNormParameters, foldBatchNorm, type MomentsSeen } from '../../engine/layers/batch-norm.ts';
import { dense, denseParameters } from '../../engine/layers/dense.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';

/** A chain of ReLU layers `prefix/1`, `prefix/2` …, batch-normalised or not. */
export interface HiddenLayers {
  prefix: string;
  nIn: number;
  widths: readonly number[];
  norm: boolean;
}

export function hiddenParameters(
  { prefix, nIn, widths, norm }: HiddenLayers,
  random: Random,
): Record<string, ParameterSpec> {
  const parameters: Record<string, ParameterSpec> = {};
  widths.forEach((width, i) => {
    const name = `${prefix}/${i + 1}`;
    Object.assign(parameters, denseParameters(name, i === 0 ? nIn : widths[i - 1], width, random));
    if (norm) Object.assign(parameters, batchNormParameters(name, width));
  });
  return parameters;
}

/** x [n, nIn] → [n, widths[last]]. */
export function applyHidden(
  engine: Engine,
  weights: Weights,
  { prefix, widths, norm }: HiddenLayers,
  x: Tensor2D,
  seen?: MomentsSeen,
): Tensor2D {
  const { tf } = engine;
  return widths.reduce((h, _, i) => {
    const name = `${prefix}/${i + 1}`;
    if (!norm) return dense(engine, weights, name, h, 'relu');
    return tf.relu(batchNorm(engine, weights, name, dense(engine, weights, name, h, 'linear'), seen));
  }, x);
}

/** Means of batch moments, weighted by the sizes of the batches. */
export class AverageMoments {
  readonly #sums = new Map<string, { mean: Float64Array; variance: Float64Array; n: number }>();

  /** Takes the moments of one batch of `n` observations. */
  add(name: string, mean: ArrayLike<number>, variance: ArrayLike<number>, n: number): void {
    const width = mean.length;
    const sums = this.#sums.get(name) ?? { mean: new Float64Array(width), variance: new Float64Array(width), n: 0 };
    for (let j = 0; j < width; j++) {
      sums.mean[j] += mean[j] * n;
      sums.variance[j] += variance[j] * n;
    }
    sums.n += n;
    this.#sums.set(name, sums);
  }

  of(name: string): { mean: Float64Array; variance: Float64Array } {
    const { mean, variance, n } = this.#sums.get(name)!;
    return { mean: mean.map((sum) => sum / n), variance: variance.map((sum) => sum / n) };
  }
}

/** The chain without normalisation, its averaged moments folded in; arrays of other layers pass unchanged. */
export function foldHidden(
  { prefix, widths, norm }: HiddenLayers,
  arrays: Record<string, Float32Array>,
  moments: AverageMoments,
): Record<string, Float32Array> {
  if (!norm) return arrays;
  const folded = { ...arrays };
  widths.forEach((_, i) => {
    const name = `${prefix}/${i + 1}`;
    Object.assign(folded, foldBatchNorm(arrays, name, moments.of(name)));
    delete folded[`${name}/scale`];
    delete folded[`${name}/shift`];
  });
  return folded;
}
