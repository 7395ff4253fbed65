import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { numericGradient } from '../fixtures/numeric-gradient.ts';
import { Random } from '../random/random.ts';
import { startEngine } from '../start-engine.ts';
import { drawDirections, slicedWasserstein } from './sliced-wasserstein.ts';

const drawn = (purpose: string, length: number): Float32Array =>
  Random.from(4, purpose).fillNormal(new Float32Array(length));

/** By the definition, in plain arithmetic. */
function byHand(points: Float32Array, target: Float32Array, directions: Float32Array, nDim: number): number {
  const n = points.length / nDim;
  const nDirections = directions.length / nDim;
  const sorted = (set: Float32Array, p: number): number[] =>
    Array.from({ length: n }, (_, i) => {
      let sum = 0;
      for (let d = 0; d < nDim; d++) sum += set[i * nDim + d] * directions[d * nDirections + p];
      return sum;
    }).sort((a, b) => a - b);
  let sum = 0;
  for (let p = 0; p < nDirections; p++) {
    const wanted = sorted(target, p);
    sorted(points, p).forEach((value, k) => (sum += (value - wanted[k]) ** 2));
  }
  return sum / (n * nDirections);
}

describe('sliced Wasserstein distance', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });

  it.each([
    [7, 2, 5],
    [12, 3, 9],
  ])('of %i points in %i dimensions along %i directions is what its definition says', (n, nDim, nDirections) => {
    const { tf } = engine;
    const [points, target] = [drawn('points', n * nDim), drawn('target', n * nDim)];
    const directions = drawDirections(nDim, nDirections, Random.from(1, 'directions'));
    const value = tf.tidy(() =>
      slicedWasserstein(
        engine,
        tf.tensor2d(points.slice(), [n, nDim]),
        tf.tensor2d(target.slice(), [n, nDim]),
        directions,
      ).dataSync(),
    )[0];
    expect(value).toBeCloseTo(byHand(points, target, directions, nDim), 5);
  });

  it('is nothing between a set and the same points in another order', () => {
    const { tf } = engine;
    const points = drawn('points', 20);
    const turned = Float32Array.from(points, (_, k) => points[18 - 2 * Math.floor(k / 2) + (k % 2)]);
    const value = tf.tidy(() =>
      slicedWasserstein(
        engine,
        tf.tensor2d(points.slice(), [10, 2]),
        tf.tensor2d(turned, [10, 2]),
        drawDirections(2, 8, Random.from(1, 'directions')),
      ).dataSync(),
    )[0];
    expect(value).toBeLessThan(1e-10);
  });

  it('has the gradient of its value, by finite differences, and leaves no tensor behind', () => {
    const { tf } = engine;
    const [n, nDim] = [9, 2];
    const [points, target] = [drawn('points', n * nDim), drawn('target', n * nDim)];
    const directions = drawDirections(nDim, 6, Random.from(2, 'directions'));
    const before = tf.memory().numTensors;
    const lossOf = (moving: Tensor2D): Scalar =>
      slicedWasserstein(engine, moving, tf.tensor2d(target.slice(), [n, nDim]), directions);
    const gradient = tf.tidy(() =>
      tf
        .grad((moving) => lossOf(moving as Tensor2D))(tf.tensor2d(points.slice(), [n, nDim]))
        .dataSync(),
    );
    const slopes = numericGradient(
      { points },
      (changed) => tf.tidy(() => lossOf(tf.tensor2d(changed.points.slice(), [n, nDim])).dataSync()[0]),
      1e-3,
      n * nDim,
    );
    for (const [entry, slope] of slopes.points) expect(gradient[entry]).toBeCloseTo(slope, 3);
    expect(tf.memory().numTensors).toBe(before);
  });
});
