import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../../engine/engine.ts';
import type { Random } from '../../../engine/random/random.ts';

/** Random Fourier features (Tancik et al., "Fourier features let networks learn high frequency functions", 2020). */
export interface FourierEncoding {
  kind: 'fourier';
  nFrequencies: number;
  /** Standard deviation of the frequencies, waves per scaled unit: the finest detail it can show is about 1 / σ. */
  sigma: number;
}

/** B ~ N(0, σ²): [nDim, nFrequencies]. Fixed, not learned. */
export function drawFrequencies(nDim: number, { nFrequencies, sigma }: FourierEncoding, random: Random): Float32Array {
  return random.fillNormal(new Float32Array(nDim * nFrequencies), sigma);
}

/** γ(x) = [sin 2πxB, cos 2πxB]: [n, 2 · nFrequencies]. */
export function fourierFeatures(engine: Engine, points: Tensor2D, frequencies: Float32Array): Tensor2D {
  const { tf } = engine;
  const nDim = points.shape[1];
  const phase = tf.mul(
    tf.matMul(points, tf.tensor2d(frequencies, [nDim, frequencies.length / nDim])),
    2 * Math.PI,
  ) as Tensor2D;
  return tf.concat2d([tf.sin(phase), tf.cos(phase)], 1);
}
