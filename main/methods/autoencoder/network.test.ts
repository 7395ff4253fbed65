import type { Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { numericGradient } from '../../engine/fixtures/numeric-gradient.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import type { Batch, LossTerms } from '../training/training.types.ts';
import { vaeLoss } from '../vae/loss.ts';
import { vaeParameters } from '../vae/network.ts';
import { autoencoderLoss } from './loss.ts';
import { autoencoderParameters, decodeHidden, encode, encodeTrunk, type AutoencoderShape } from './network.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

const shape: AutoencoderShape = {
  nVar: 12,
  hidden: [8, 6, 5],
  decoder: 'mirrored',
  latentSize: 3,
  firstActivation: 'linear',
  latentActivation: 'relu',
};
const nObs = 4;

/** Biases away from zero, so that no ReLU sits at its kink. */
function weightsOf(specs: ReturnType<typeof autoencoderParameters>): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(specs).map(([name, { initial }]) => [name, initial]));
}

function tensors(specs: ReturnType<typeof autoencoderParameters>, arrays: Record<string, Float32Array>): Weights {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape }]) => [name, engine.tf.tensor(arrays[name], [...shape])]),
  );
}

function batchOf(training: boolean): Batch {
  const x = engine.tf.tensor2d(Random.from(8, 'x').fillNormal(new Float32Array(nObs * shape.nVar)), [nObs, shape.nVar]);
  return { x, rows: new Uint32Array(nObs), training, epoch: 3, random: Random.from(5, 'batch') };
}

describe('deep autoencoder', () => {
  it('has the layers that the report prints', () => {
    const specs = autoencoderParameters(
      { ...shape, nVar: 13714, hidden: [128, 32, 16], latentSize: 6 },
      Random.from(0, 'weights'),
    );
    expect(Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.shape]))).toMatchObject({
      'encoder/1/kernel': [13714, 128],
      'encoder/2/kernel': [128, 32],
      'encoder/3/kernel': [32, 16],
      'encoder/latent/kernel': [16, 6],
      'decoder/1/kernel': [6, 16],
      'decoder/2/kernel': [16, 32],
      'decoder/3/kernel': [32, 128],
      'decoder/output/kernel': [128, 13714],
      'decoder/output/bias': [13714],
    });
    const bound = 1 / Math.sqrt(13714);
    expect(Math.max(...specs['encoder/1/bias'].initial)).toBeLessThanOrEqual(bound);
  });

  it('cuts negative values off where the equations do: not in the first layer, but in the latent', () => {
    const { tf } = engine;
    const weights = tensors(
      autoencoderParameters(shape, Random.from(1, 'weights')),
      weightsOf(autoencoderParameters(shape, Random.from(1, 'weights'))),
    );
    const x = tf.tensor2d(Random.from(2, 'x').fillNormal(new Float32Array(50 * shape.nVar), 3), [50, shape.nVar]);
    const lowest = (tensor: Tensor2D): number => Math.min(...tensor.dataSync());
    expect(lowest(encodeTrunk(engine, weights, x, shape, 1))).toBeLessThan(-0.1);
    expect(lowest(encodeTrunk(engine, weights, x, shape, 2))).toBe(0);
    expect(lowest(encode(engine, weights, x, shape))).toBe(0);
    expect(lowest(encode(engine, weights, x, { ...shape, latentActivation: 'linear' }))).toBeLessThan(0);
    const z = encode(engine, weights, x, shape);
    expect(decodeHidden(engine, weights, z, shape).shape).toEqual([50, 8]);
    expect(lowest(decodeHidden(engine, weights, z, shape))).toBe(0);
  });
});

describe('gradients by finite differences', () => {
  const cases: [
    string,
    () => ReturnType<typeof autoencoderParameters>,
    (weights: Weights, batch: Batch) => LossTerms,
  ][] = [
    [
      'autoencoder',
      () => autoencoderParameters(shape, Random.from(3, 'weights')),
      (w, b) => autoencoderLoss(engine, w, b, shape, 0),
    ],
    [
      'autoencoder with input dropout',
      () => autoencoderParameters(shape, Random.from(3, 'weights')),
      (w, b) => autoencoderLoss(engine, w, b, shape, 0.3),
    ],
    [
      'autoencoder with a linear decoder',
      () => autoencoderParameters({ ...shape, decoder: 'linear' }, Random.from(3, 'weights')),
      (w, b) => autoencoderLoss(engine, w, b, { ...shape, decoder: 'linear' }, 0),
    ],
    [
      'β-VAE',
      () => vaeParameters(shape, Random.from(3, 'weights')),
      (w, b) => vaeLoss(engine, w, b, shape, { beta: 2, warmUpEpochs: 10, inputDropout: 0 }),
    ],
    [
      'β-VAE with one hidden layer',
      () => vaeParameters({ ...shape, hidden: [8] }, Random.from(3, 'weights')),
      (w, b) => vaeLoss(engine, w, b, { ...shape, hidden: [8] }, { beta: 1, warmUpEpochs: 0, inputDropout: 0 }),
    ],
  ];

  it.each(cases)('%s', (_, make, lossOf) => {
    const { tf } = engine;
    const specs = make();
    // Larger weights than at the start of a training, so that every gradient is well above rounding.
    const arrays = Object.fromEntries(
      Object.entries(weightsOf(specs)).map(([name, values]) => [name, values.map((value) => value * 2)]),
    );
    const names = Object.keys(specs);
    const weights = tensors(specs, arrays);
    const { grads } = tf.engine().gradients(
      () => lossOf(weights, batchOf(true)).total,
      names.map((name) => weights[name]),
      undefined,
      true,
    );
    const valueOf = (changed: Record<string, Float32Array>): number =>
      tf.tidy(() => lossOf(tensors(specs, changed), batchOf(true)).total.dataSync()[0]);
    const slopes = numericGradient(arrays, valueOf, 2e-3);
    names.forEach((name, i) => {
      const gradient = grads[i].dataSync();
      for (const [entry, slope] of slopes[name])
        expect(
          Math.abs(gradient[entry] - slope),
          `${name}[${entry}]: ${gradient[entry]} against ${slope}`,
        ).toBeLessThan(0.02 * Math.abs(slope) + 0.01);
    });
  });
});

it.each(['mirrored', 'linear'] as const)(
  'the gradient of a large batch is the mean of those of its parts (%s decoder)',
  (decoder) => {
    const { tf } = engine;
    const large = 20;
    const specs = autoencoderParameters({ ...shape, decoder }, Random.from(3, 'weights'));
    const weights = tensors(specs, weightsOf(specs));
    const names = Object.keys(specs);
    const values = Random.from(8, 'x').fillNormal(new Float32Array(large * shape.nVar));
    const gradientsOf = (start: number, n: number): Float32Array[] => {
      const x = tf.tensor2d(values.slice(start * shape.nVar, (start + n) * shape.nVar), [n, shape.nVar]);
      const batch: Batch = { x, rows: new Uint32Array(n), training: true, epoch: 1, random: Random.from(5, 'batch') };
      const { grads } = tf.engine().gradients(
        () => autoencoderLoss(engine, weights, batch, { ...shape, decoder }, 0).total,
        names.map((name) => weights[name]),
        undefined,
        true,
      );
      return grads.map((gradient) => gradient.dataSync<'float32'>());
    };
    // More than twice as many observations as the last hidden layer is wide, and fewer: the loss has a way for each.
    const whole = gradientsOf(0, large);
    const parts = Array.from({ length: large / nObs }, (_, i) => gradientsOf(i * nObs, nObs));
    names.forEach((name, i) => {
      const mean = whole[i].map((_, k) => parts.reduce((sum, part) => sum + part[i][k], 0) / parts.length);
      const largest = Math.max(...mean.map(Math.abs));
      const worst = Math.max(...mean.map((value, k) => Math.abs(value - whole[i][k])));
      expect(worst, name).toBeLessThanOrEqual(1e-5 * largest);
    });
  },
);
