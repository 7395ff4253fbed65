import { beforeAll, describe, expect, it } from 'vitest';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../../engine/engine.ts';
import { numericGradient } from '../../../engine/fixtures/numeric-gradient.ts';
import { gatherWeighted } from '../../../engine/layers/gather-weighted.ts';
import type { ParameterSpec, Weights } from '../../../engine/optimiser/parameter-store.ts';
import { Random } from '../../../engine/random/random.ts';
import { startEngine } from '../../../engine/start-engine.ts';
import { coordinateFixed, coordinateHidden, coordinateParameters, type CoordinateShape } from './coordinate-network.ts';
import { drawFrequencies, fourierFeatures } from './fourier.ts';
import { hashCorners, resolutionAt, type HashEncoding } from './hash-grid.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

const spread = (values: ArrayLike<number>): { mean: number; sd: number } => {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return { mean, sd: Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) };
};
const points = (n: number, nDim: number): Float32Array =>
  Random.from(7, 'points').fillUniform(new Float32Array(n * nDim), -1, 1);

describe('Fourier features', () => {
  it('draws frequencies from N(0, σ²)', () => {
    const { mean, sd } = spread(
      drawFrequencies(2, { kind: 'fourier', nFrequencies: 4096, sigma: 10 }, Random.from(1, 'b')),
    );
    expect(Math.abs(mean)).toBeLessThan(0.4);
    expect(sd).toBeGreaterThan(9.7);
    expect(sd).toBeLessThan(10.3);
  });

  it('are sin 2πxB, then cos 2πxB', () => {
    const { tf } = engine;
    const features = fourierFeatures(engine, tf.tensor2d([[0.25, -0.5]]), Float32Array.of(1, 3, 0.5, 2)).dataSync();
    // xB = [0.25·1 − 0.5·0.5, 0.25·3 − 0.5·2] = [0, −0.25]
    [0, -1, 1, 0].forEach((value, k) => expect(features[k]).toBeCloseTo(value, 6));
  });
});

describe('SIREN', () => {
  it('keeps the spread of every layer, as its first values are made to', () => {
    const shape: CoordinateShape = { nDim: 2, encoding: { kind: 'sine', omega: 30 }, hidden: [512, 512, 512] };
    const specs = coordinateParameters(shape, 'inr/0', Random.from(3, 'weights'));
    const bound = (name: string): number => specs[name].initial.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    expect(bound('inr/0/1/kernel')).toBeCloseTo(1 / 2, 2);
    expect(bound('inr/0/2/kernel')).toBeCloseTo(Math.sqrt(6 / 512) / 30, 4);
    const weights = tensors(specs);
    const { mean, sd } = spread(coordinateHidden(engine, weights, {}, shape, 'inr/0', points(300, 2)).dataSync());
    // An arcsine law has mean 0 and variance ½.
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(sd).toBeGreaterThan(0.64);
    expect(sd).toBeLessThan(0.76);
  });
});

describe('hash grid', () => {
  const encoding: HashEncoding = {
    kind: 'hash',
    levels: 5,
    features: 2,
    log2TableSize: 8,
    coarsest: 4,
    finest: 64,
  };

  it('has resolutions that grow by one factor from the coarsest to the finest', () => {
    expect([0, 1, 2, 3, 4].map((level) => resolutionAt(level, encoding))).toEqual([4, 8, 16, 32, 64]);
  });

  it.each([2, 3])('interpolates in %i dimensions: weights sum to 1, corners on a grid point are that point', (nDim) => {
    const { rows, weights } = hashCorners(encoding, nDim, points(50, nDim));
    const nCorners = 2 ** nDim;
    for (let i = 0; i < 50 * encoding.levels; i++) {
      const sum = weights.subarray(i * nCorners, (i + 1) * nCorners).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
    // 25 and 81 and 289 grid points in the plane: only the first two levels fit 256 rows each.
    const last = nDim === 2 ? 25 + 81 + 3 * 256 : 125 + 4 * 256;
    expect(Math.max(...rows)).toBeLessThan(last);
    const origin = hashCorners(encoding, nDim, new Float32Array(nDim).fill(-1));
    expect(origin.weights[0]).toBe(1);
    expect(origin.rows[0]).toBe(0);
  });

  it('is continuous: points that nearly touch a cell border from both sides get nearly the same features', () => {
    const { tf } = engine;
    const table = tf.tensor2d(Random.from(1, 'table').fillNormal(new Float32Array(2 * (25 + 81 + 3 * 256))), [
      25 + 81 + 3 * 256,
      2,
    ]);
    const at = (x: number): ArrayLike<number> => {
      const { rows, weights } = hashCorners(encoding, 2, Float32Array.of(x, 0.3));
      return gatherWeighted(engine, table, rows, weights, 4).dataSync();
    };
    const [left, right] = [at(-1e-6), at(1e-6)];
    for (let k = 0; k < left.length; k++) expect(right[k]).toBeCloseTo(left[k], 3);
  });

  it('adds gradients up where a row is used more than once', () => {
    const { tf } = engine;
    const table = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const gradient = tf.grad((t) =>
      tf.sum(gatherWeighted(engine, t as Tensor2D, Int32Array.of(1, 1, 0, 1), Float32Array.of(0.5, 0.25, 2, 1), 2)),
    )(table);
    expect([...gradient.dataSync()]).toEqual([2, 2, 1.75, 1.75]);
  });
});

describe('gradients by finite differences', () => {
  const hash = (nDim: number): CoordinateShape => ({
    nDim,
    encoding: { kind: 'hash', levels: 3, features: 2, log2TableSize: 6, coarsest: 2, finest: 16 },
    hidden: [6],
  });
  const cases: [string, CoordinateShape][] = [
    ['Fourier', { nDim: 2, encoding: { kind: 'fourier', nFrequencies: 5, sigma: 1 }, hidden: [7, 6] }],
    ['SIREN', { nDim: 3, encoding: { kind: 'sine', omega: 4 }, hidden: [7, 6] }],
    ['hash grid in the plane', hash(2)],
    ['hash grid in space', hash(3)],
  ];
  it.each(cases)('%s', (_, shape) => {
    const { tf } = engine;
    const specs = coordinateParameters(shape, 'p', Random.from(1, 'weights'));
    const fixed = coordinateFixed(shape, 'p', Random.from(1, 'fixed'));
    // Tables start near 0, where ReLU layers sit at their kink.
    for (const [name, spec] of Object.entries(specs))
      if (name.endsWith('table')) Random.from(4, name).fillNormal(spec.initial, 2);
    const where = points(9, shape.nDim);
    const target = tf.tensor2d(Random.from(2, 'target').fillNormal(new Float32Array(9 * 6)), [9, 6]);
    const lossOf = (weights: Weights) =>
      tf.sum(tf.squaredDifference(coordinateHidden(engine, weights, fixed, shape, 'p', where), target));
    const arrays = Object.fromEntries(Object.entries(specs).map(([name, { initial }]) => [name, initial]));
    const names = Object.keys(specs);
    const weights = tensors(specs);
    const { grads } = tf.engine().gradients(
      () => lossOf(weights),
      names.map((name) => weights[name]),
      undefined,
      true,
    );
    const valueOf = (changed: Record<string, Float32Array>): number =>
      tf.tidy(() => lossOf(tensors(specs, changed)).dataSync()[0]);
    const slopes = numericGradient(arrays, valueOf, 2e-3, 24);
    names.forEach((name, i) => {
      const gradient = grads[i].dataSync();
      for (const [entry, slope] of slopes[name])
        expect(Math.abs(gradient[entry] - slope), `${name}[${entry}]`).toBeLessThan(0.02 * Math.abs(slope) + 0.02);
    });
  });
});

function tensors(specs: Record<string, ParameterSpec>, arrays: Record<string, Float32Array> = {}): Weights {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, initial }]) => [
      name,
      engine.tf.tensor((arrays[name] ?? initial).slice(), [...shape]),
    ]),
  );
}
