import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../../engine/engine.ts';
import { dense, denseParameters } from '../../../engine/layers/dense.ts';
import type { ParameterSpec, Weights } from '../../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../../engine/random/random.ts';
import { drawFrequencies, fourierFeatures, type FourierEncoding } from './fourier.ts';
import { hashFeatures, hashTableParameters, type HashEncoding } from './hash-grid.ts';
import { sineLayer, sineLayerParameters } from './sine-layer.ts';

/** SIREN: sine layers on the position itself. */
export interface SineEncoding {
  kind: 'sine';
  /** ω of every layer. */
  omega: number;
}

/** The position as it is, for ReLU layers. */
export interface PlainEncoding {
  kind: 'plain';
}

/** A network of position. JSON-safe. */
export interface CoordinateShape {
  nDim: number;
  encoding: FourierEncoding | SineEncoding | HashEncoding | PlainEncoding;
  /** Widths of the hidden layers; none hands on the position itself. */
  hidden: readonly number[];
}

/** Fixed arrays by name: what a network has beside its trained weights. */
export type FixedArrays = Record<string, Float32Array>;

/** Trained arrays of the hidden layers, named `prefix/…`. */
export function coordinateParameters(
  shape: CoordinateShape,
  prefix: string,
  random: Random,
): Record<string, ParameterSpec> {
  const { encoding, hidden, nDim } = shape;
  const parameters: Record<string, ParameterSpec> = {};
  let nIn = nDim;
  if (encoding.kind === 'fourier') nIn = 2 * encoding.nFrequencies;
  if (encoding.kind === 'hash') {
    Object.assign(parameters, hashTableParameters(encoding, nDim, prefix, random));
    nIn = encoding.levels * encoding.features;
  }
  hidden.forEach((width, i) => {
    const name = `${prefix}/${i + 1}`;
    Object.assign(
      parameters,
      encoding.kind === 'sine'
        ? sineLayerParameters(name, nIn, width, { first: i === 0, omega: encoding.omega }, random)
        : denseParameters(name, nIn, width, random),
    );
    nIn = width;
  });
  return parameters;
}

/** Arrays that are drawn once and not trained: the frequencies of Fourier features. */
export function coordinateFixed(shape: CoordinateShape, prefix: string, random: Random): FixedArrays {
  const { encoding, nDim } = shape;
  return encoding.kind === 'fourier' ? { [`${prefix}/frequencies`]: drawFrequencies(nDim, encoding, random) } : {};
}

/** Scaled points [n, nDim], row-major → the last hidden layer [n, hidden[last]]. */
export function coordinateHidden(
  engine: Engine,
  weights: Weights,
  fixed: FixedArrays,
  shape: CoordinateShape,
  prefix: string,
  points: Float32Array,
): Tensor2D {
  const { encoding, hidden, nDim } = shape;
  const n = points.length / nDim;
  const { kind } = encoding;
  let h: Tensor2D;
  if (kind === 'hash') h = hashFeatures(engine, weights, encoding, nDim, prefix, points);
  else {
    // A copy: the native backend may keep the given memory.
    const x = engine.tf.tensor2d(points.slice(), [n, nDim]);
    h = kind === 'fourier' ? fourierFeatures(engine, x, fixed[`${prefix}/frequencies`]) : x;
  }
  for (let i = 1; i <= hidden.length; i++) {
    const name = `${prefix}/${i}`;
    h = kind === 'sine' ? sineLayer(engine, weights, name, h, encoding.omega) : dense(engine, weights, name, h, 'relu');
  }
  return h;
}
