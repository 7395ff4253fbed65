import type { Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { numericGradient } from '../../engine/fixtures/numeric-gradient.ts';
import { sparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import { geneNbNll } from '../counts/fixtures/gene-nb-nll.ts';
import { madeCounts } from '../counts/fixtures/made-counts.ts';
import { trainOn } from '../counts/fixtures/train-on.ts';
import { createDenoisedReader } from '../denoised/denoised-reader.ts';
import { resolveParameters } from '../registry.ts';
import { splitObservations } from '../training/split.ts';
import { dca } from './dca.ts';
import { dcaHidden, dcaNll, dcaParameters, type DcaShape } from './network.ts';

let engine: Engine;
let source: ExpressionSource;
let means: (obs: number, gene: number) => number;
const normalisation = normalisationSchema.parse({ librarySize: 'median', log1p: true });
beforeAll(async () => {
  engine = await startEngine();
  ({ source, means } = await madeCounts({ nObs: 240, nVar: 60, nTypes: 3, seed: 5, normalisation }));
});

const small = { hiddenLayers: '16-8-16', epochs: 6, batchSize: 32, learningRate: 0.01, heldOutFrom: 'random' } as const;

describe('gradients by finite differences', () => {
  const models = ['poisson', 'zip', 'nb', 'zinb'] as const;
  it.each(models.flatMap((m) => (['constant', 'conditional'] as const).map((d) => [m, d] as const)))(
    '%s, dispersion %s',
    (likelihood, dispersion) => {
      const { tf } = engine;
      const shape: DcaShape = {
        nVar: 60,
        widths: [6, 4, 6],
        latentLayer: 1,
        batchNorm: true,
        likelihood,
        dispersion,
      };
      const specs = dcaParameters(shape, Random.from(2, 'weights'), null);
      const rows = Uint32Array.from({ length: 8 }, (_, i) => i);
      const x = new Float32Array(8 * 60);
      source.denseBatch(rows, x);
      const tensors = (arrays: Record<string, Float32Array>): Weights =>
        Object.fromEntries(
          Object.entries(specs).map(([name, spec]) => [name, tf.tensor(arrays[name], [...spec.shape])]),
        );
      const lossOf = (weights: Weights) => {
        const { hidden } = dcaHidden(engine, weights, shape, tf.tensor2d(x, [8, 60]), {});
        const logSize: Tensor2D = tf.tensor2d([0, 0.2, -0.1, 0.3, -0.4, 0, 0.1, 0.2], [8, 1]);
        return dcaNll(engine, weights, shape, hidden, sparseCounts(engine, source.counts, rows), logSize).nll;
      };
      const arrays = Object.fromEntries(
        Object.entries(specs).map(([name, { initial }]) => [
          name,
          initial.map((value, i) => value + 0.1 * Math.sin(i + 1)),
        ]),
      );
      const names = Object.keys(specs);
      const weights = tensors(arrays);
      const { grads } = tf.engine().gradients(
        () => lossOf(weights),
        names.map((name) => weights[name]),
        undefined,
        true,
      );
      // The WebAssembly backend adds one by one, and rounds more.
      const noise = engine.backend === 'wasm' ? 8e-3 : 5e-4;
      const slopes = numericGradient(arrays, (changed) => tf.tidy(() => lossOf(tensors(changed)).dataSync()[0]), 2e-3);
      names.forEach((name, i) => {
        // The norm takes a bias off again.
        if (/hidden.*bias/.test(name)) return;
        const gradient = grads[i].dataSync();
        for (const [entry, slope] of slopes[name])
          expect(
            Math.abs(gradient[entry] - slope),
            `${name}[${entry}]: ${gradient[entry]} against ${slope}`,
          ).toBeLessThan(0.03 * Math.abs(slope) + noise);
      });
    },
  );
});

describe('DCA', () => {
  it.each(['nb', 'zinb', 'zip'] as const)(
    '%s learns more than each gene by itself, and predicts the means',
    async (likelihood) => {
      const { outcome } = await trainOn(engine, dca, source, {
        ...small,
        likelihood,
        dispersion: 'constant',
        startAtMeans: true,
        epochs: 40,
      });
      const { training, heldOut } = splitObservations(source.nObs, 0.1, 3);
      const floor = geneNbNll(source.counts, source.librarySize, training, heldOut, true);
      expect(outcome.summary.heldOutLoss).toBeLessThan(floor - 0.02);
      const denoised = new Float32Array(60);
      const reader = createDenoisedReader(outcome.denoised);
      let [error, ownError] = [0, 0];
      for (const i of heldOut) {
        reader.rows([i], denoised);
        source.undo(denoised, [i], 'counts');
        const measured = new Float32Array(60);
        for (let k = source.counts.indptr[i]; k < source.counts.indptr[i + 1]; k++)
          measured[source.counts.indices[k]] = source.counts.values[k];
        for (let j = 0; j < 60; j++) {
          error += (denoised[j] - means(i, j)) ** 2;
          ownError += (measured[j] - means(i, j)) ** 2;
        }
      }
      expect(error).toBeLessThan(0.5 * ownError);
    },
  );

  it('ends with the same numbers when it was interrupted, the rate of learning included', async () => {
    const parameters = { ...small, likelihood: 'zinb', ratePatience: 1, ridge: 0.1 } as const;
    const before = engine.tf.memory().numTensors;
    const straight = await trainOn(engine, dca, source, parameters);
    const resumed = await trainOn(engine, dca, source, parameters, { resumeFrom: straight.checkpoints[2] });
    expect(resumed.outcome).toEqual(straight.outcome);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  it('hands out heads that fit the hidden units, and dispersions within their limits', async () => {
    const { outcome } = await trainOn(engine, dca, source, { ...small, likelihood: 'zinb', epochs: 2 });
    if (outcome.denoised.kind !== 'factored') throw new Error('expected factors');
    const { nDim } = outcome.denoised.hidden;
    expect(outcome.latent!.nDim).toBe(8);
    expect(outcome.extras.dropoutWeights.values.length).toBe(nDim * 60);
    expect(outcome.extras.dispersionWeights.values.length).toBe(nDim * 60);
    expect(outcome.summary.meanDropout).toBeGreaterThan(0);
    expect(outcome.summary.meanDropout).toBeLessThan(1);
  });

  it('has the published settings as presets', () => {
    expect(resolveParameters(dca as never, 'tool')).toMatchObject({
      likelihood: 'nb',
      dispersion: 'conditional',
      hiddenLayers: '64-32-64',
      epochs: 300,
      batchSize: 32,
      clipGradient: 5,
      patience: 15,
      ratePatience: 10,
      heldOutFrom: 'last',
    });
    expect(dca.presets.map(({ id }) => id)).toEqual(['lacuna', 'tool', 'paper', 'zipDCA', 'tunedDCA']);
  });

  it('refuses what is no count, with the reason', async () => {
    const facts = { nObs: 10, nVar: 10, nnz: 10, obsm: [] };
    expect(dca.supports({ ...facts, valueKind: 'counts' })).toEqual({ ok: true });
    expect(dca.supports({ ...facts, valueKind: 'nonnegative' })).toMatchObject({
      reason: expect.stringContaining('fractions'),
    });
    expect(dca.supports({ ...facts, valueKind: 'real' })).toMatchObject({ reason: expect.stringContaining('below 0') });
    const broken = Object.assign(Object.create(source) as ExpressionSource, {
      counts: { ...source.counts, values: source.counts.values.map((value) => value + 0.5) },
    });
    await expect(trainOn(engine, dca, broken, small)).rejects.toMatchObject({ code: 'unsupported' });
    const scaled = await madeCounts({
      nObs: 40,
      nVar: 30,
      nTypes: 2,
      seed: 1,
      normalisation: { ...normalisation, scale: 'zscore' },
    });
    await expect(trainOn(engine, dca, scaled.source, small)).rejects.toMatchObject({
      code: 'unsupported',
      remedy: expect.stringContaining('scales no gene'),
    });
  });
});
