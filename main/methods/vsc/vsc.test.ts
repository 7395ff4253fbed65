import { beforeAll, describe, expect, it } from 'vitest';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { numericGradient } from '../../engine/fixtures/numeric-gradient.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { kmeans } from '../../embed/kmeans.ts';
import { clusterScores } from '../../evaluate/clusters/cluster-scores.ts';
import { madeExpression } from '../fixtures/made-expression.ts';
import type { EpochRecord } from '../method.ts';
import type { Batch } from '../training/training.types.ts';
import golden from './divergence.golden.json' with { type: 'json' };
import { fixedDivergence, pairwiseDivergence, type SpikeAndSlab } from './divergence.ts';
import { sampleSparse, vscLoss, type VscConstraint } from './loss.ts';
import { vscParameters, type VscShape } from './network.ts';
import { vsc, vscParametersSchema } from './vsc.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

interface Parts {
  mean: number;
  sd: number;
  gamma: number;
}

/** [n, latentSize] of the same size for all parts. */
function spikeAndSlab(rows: Parts[][]): SpikeAndSlab {
  const { tf } = engine;
  const of = (pick: (part: Parts) => number): Tensor2D => tf.tensor2d(rows.map((row) => row.map(pick)));
  return {
    mean: of(({ mean }) => mean),
    logSd: of(({ sd }) => Math.log(sd)),
    logSpike: of(({ gamma }) => Math.log(gamma)),
  };
}

describe('divergence of spikes and slabs', () => {
  const { cases } = golden;

  it('is the integral of its definition for the fixed prior', () => {
    for (const { q, p, value } of cases.slice(0, 4)) {
      const found = fixedDivergence(engine, spikeAndSlab([[q]]), { alpha: p.gamma }).dataSync()[0];
      expect(Math.abs(found - value)).toBeLessThan(2e-6 * (1 + Math.abs(value)));
    }
  });

  it('is the integral of its definition between an encoding and that of a pseudo-input', () => {
    const found = pairwiseDivergence(
      engine,
      spikeAndSlab(cases.map(({ q }) => [q])),
      spikeAndSlab(cases.map(({ p }) => [p])),
    ).arraySync();
    cases.forEach(({ value }, i) => {
      expect(Math.abs(found[i][i] - value)).toBeLessThan(1e-5 * (1 + Math.abs(value)));
    });
  });

  it('has the slopes that automatic differentiation of the formula has', () => {
    const { tf } = engine;
    for (const { q, p, slope } of cases.slice(0, 4)) {
      const grads = tf.grads((mean, sd, gamma) =>
        fixedDivergence(
          engine,
          { mean: mean as Tensor2D, logSd: tf.log(sd) as Tensor2D, logSpike: tf.log(gamma) as Tensor2D },
          { alpha: p.gamma },
        ),
      )([tf.tensor2d([[q.mean]]), tf.tensor2d([[q.sd]]), tf.tensor2d([[q.gamma]])]);
      const [mean, sd, gamma] = grads.map((grad) => grad.dataSync()[0]);
      expect(mean).toBeCloseTo(slope.mean, 4);
      expect(sd).toBeCloseTo(slope.sd, 4);
      expect(gamma).toBeCloseTo(slope.gamma, 4);
    }
  });

  it('sums over dimensions, averages over observations, and is zero at the prior', () => {
    const [a, b, c] = cases.map(({ q }) => q);
    const of = (rows: Parts[][]): number => fixedDivergence(engine, spikeAndSlab(rows), { alpha: 0.5 }).dataSync()[0];
    expect(
      of([
        [a, b],
        [c, a],
      ]),
    ).toBeCloseTo((2 * of([[a]]) + of([[b]]) + of([[c]])) / 2, 5);
    expect(of([[{ mean: 0, sd: 1, gamma: 0.5 }]])).toBeCloseTo(0, 6);
  });
});

describe('sampleSparse', () => {
  it('is on as often as γ says, with the mean and spread of the slab, and γ μ off training', () => {
    const n = 20_000;
    const { tf } = engine;
    const q = {
      mean: tf.fill([n, 1], 3) as Tensor2D,
      logSd: tf.fill([n, 1], Math.log(0.5)) as Tensor2D,
      logSpike: tf.fill([n, 1], Math.log(0.3)) as Tensor2D,
    };
    const batch = { training: true, random: Random.from(1, 'noise') };
    const drawn = sampleSparse(engine, q, 1000, batch).dataSync<'float32'>();
    const on = drawn.filter((z) => Math.abs(z) > 0.5);
    expect(on.length / n).toBeCloseTo(0.3, 1);
    const mean = on.reduce((sum, z) => sum + z / on.length, 0);
    expect(mean).toBeCloseTo(3, 1);
    expect(Math.sqrt(on.reduce((sum, z) => sum + (z - mean) ** 2 / on.length, 0))).toBeCloseTo(0.5, 1);
    expect(sampleSparse(engine, q, 50, { ...batch, training: false }).dataSync()[7]).toBeCloseTo(0.9, 5);
  });
});

describe('gradients of the whole objective by finite differences', () => {
  const nObs = 5;
  const base: VscShape = {
    nVar: 12,
    hidden: [8, 6, 5],
    decoder: 'mirrored',
    latentSize: 3,
    firstActivation: 'linear',
    spike: 'sigmoid',
    pseudoInputs: 0,
  };
  const constraint: VscConstraint = { beta: 2, warmUpEpochs: 4, inputDropout: 0, alpha: 0.4, sharpness: 5 };
  const cases: [string, VscShape][] = [
    ['as printed', { ...base, spike: 'clipped' }],
    ['switches that keep learning', base],
    [
      'as in the code',
      { ...base, hidden: [8, 6], decoderHidden: [4, 6, 8], branches: false, spread: 'log-variance', spike: 'clipped' },
    ],
    ['pseudo-inputs', { ...base, pseudoInputs: 3 }],
  ];

  it.each(cases)('%s', (_, shape) => {
    const { tf } = engine;
    const first = Random.from(9, 'inputs').fillNormal(new Float32Array(shape.pseudoInputs * shape.nVar));
    const specs = vscParameters(shape, Random.from(3, 'weights'), first);
    // Larger weights than at the start of a training, so that every gradient is well above rounding.
    const arrays = Object.fromEntries(
      Object.entries(specs).map(([name, { initial }]) => [name, initial.map((w) => 2 * w)]),
    );
    const names = Object.keys(specs);
    const tensors = (values: Record<string, Float32Array>): Weights =>
      Object.fromEntries(names.map((name) => [name, tf.tensor(values[name], [...specs[name].shape])]));
    const batch = (): Batch => ({
      x: tf.tensor2d(Random.from(8, 'x').fillNormal(new Float32Array(nObs * shape.nVar)), [nObs, shape.nVar]),
      rows: new Uint32Array(nObs),
      training: true,
      epoch: 3,
      random: Random.from(5, 'batch'),
    });
    const weights = tensors(arrays);
    const { grads } = tf.engine().gradients(
      () => vscLoss(engine, weights, batch(), shape, constraint).total,
      names.map((name) => weights[name]),
      undefined,
      true,
    );
    const valueOf = (changed: Record<string, Float32Array>): number =>
      tf.tidy(() => vscLoss(engine, tensors(changed), batch(), shape, constraint).total.dataSync()[0]);
    const slopes = numericGradient(arrays, valueOf, 1e-3);
    names.forEach((name, i) => {
      const gradient = grads[i].dataSync();
      for (const [entry, slope] of slopes[name])
        expect(
          Math.abs(gradient[entry] - slope),
          `${name}[${entry}]: ${gradient[entry]} against ${slope}`,
        ).toBeLessThan(0.02 * Math.abs(slope) + 0.015);
    });
  });

  it('is reconstruction plus β of the divergence, and the full β on held-out observations', () => {
    const shape = base;
    const { tf } = engine;
    const specs = vscParameters(shape, Random.from(4, 'weights'), new Float32Array(0));
    const weights = Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [name, tf.tensor(spec.initial, [...spec.shape])]),
    );
    const at = (training: boolean): Record<string, number> => {
      const x = tf.tensor2d(Random.from(8, 'x').fillNormal(new Float32Array(nObs * shape.nVar)), [nObs, shape.nVar]);
      const random = Random.from(5, 'batch');
      const terms = vscLoss(
        engine,
        weights,
        { x, rows: new Uint32Array(nObs), training, epoch: 3, random },
        shape,
        constraint,
      );
      return Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, term.dataSync()[0]]));
    };
    const [training, heldOut] = [at(true), at(false)];
    expect(training.total).toBeCloseTo(training.reconstruction + 2 * 0.75 * training.kl, 4);
    expect(heldOut.total).toBeCloseTo(heldOut.reconstruction + 2 * heldOut.kl, 4);
  });
});

describe('β-VSC', () => {
  it.each([0, 4])('finds the types of made cells, with %i pseudo-inputs', async (pseudoInputs) => {
    const { source, types } = madeExpression({ nObs: 300, nVar: 60, nTypes: 3, seed: 2 });
    const history: EpochRecord[] = [];
    const outcome = await vsc.train({
      data: source,
      parameters: vscParametersSchema.parse({
        hiddenLayers: '32',
        firstActivation: 'relu',
        latentSize: 6,
        spike: 'sigmoid',
        beta: 0.5,
        epochs: 60,
        batchSize: 64,
        learningRate: 3e-3,
        pseudoInputs,
      }),
      seed: 1,
      engine,
      report: () => {},
      record: (epoch) => void history.push(epoch),
      resumeFrom: null,
      checkpoint: () => {},
    });
    const latent = outcome.latent!;
    const { codes } = await kmeans({ ...latent, nObs: 300 }, { k: 3, restarts: 10, seed: 1 });
    expect(clusterScores(types, codes).ari).toBeGreaterThan(0.9);
    expect(outcome.extras.spike.values.every((gamma) => gamma >= 0 && gamma <= 1)).toBe(true);
    expect(outcome.summary.shareInUse).toBeGreaterThan(0);
    expect(outcome.summary.shareInUse).toBeLessThan(1);
    expect(history.at(-1)!.train.total).toBeLessThan(history[0].train.total);
    expect(history.every(({ train }) => train.gradientNorm > 0 && train.kl >= 0)).toBe(true);
  });
});
