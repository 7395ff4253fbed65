import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { numericGradient } from '../../engine/fixtures/numeric-gradient.ts';
import { sparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import { geneNbNll } from '../counts/fixtures/gene-nb-nll.ts';
import { madeCounts } from '../counts/fixtures/made-counts.ts';
import { trainOn } from '../counts/fixtures/train-on.ts';
import { createDenoisedReader } from '../denoised/denoised-reader.ts';
import { getPreset, resolveParameters } from '../registry.ts';
import { splitObservations } from '../training/split.ts';
import { zipoLoss } from './loss.ts';
import { zipoParameters, type ZipoShape } from './network.ts';
import { pruneFirstLayer, weightSpread } from './sparsity.ts';
import { zipo } from './zipo.ts';

let engine: Engine;
let raw: ExpressionSource;
let lost: ExpressionSource;
const normalisation = normalisationSchema.parse({ librarySize: 'none', log1p: true });
beforeAll(async () => {
  engine = await startEngine();
  const made = { nObs: 240, nVar: 60, nTypes: 3, seed: 5, normalisation };
  ({ source: raw } = await madeCounts(made));
  ({ source: lost } = await madeCounts({ ...made, dropout: 0.3 }));
});

const small = { hiddenLayers: '24-12-6', epochs: 6, batchSize: 32, initialRate: 0.02 } as const;

describe('gradients by finite differences', () => {
  const cases: [string, Partial<ZipoShape>][] = [
    ['zip', { likelihood: 'zip' }],
    ['zip, library size as counted, no residuals', { likelihood: 'zip', library: 'observed', residuals: false }],
    ['zinb', { likelihood: 'zinb' }],
    ['nb, one dispersion per gene', { likelihood: 'nb', dispersion: 'constant' }],
  ];
  it.each(cases)('%s', (_, changes) => {
    const { tf } = engine;
    const shape: ZipoShape = {
      nVar: 60,
      widths: [7, 5, 4],
      residuals: true,
      likelihood: 'zip',
      dispersion: 'conditional',
      library: 'predicted',
      ...changes,
    };
    const penalties = { alphaZ: 0.5, alphaW: 0.5, alphaTheta: 0.5, libraryPenalty: 1e-5 };
    const specs = zipoParameters(shape, Random.from(2, 'weights'), { meanLogLibrary: 4, genes: null });
    const rows = Uint32Array.from({ length: 8 }, (_, i) => i);
    const x = new Float32Array(8 * 60);
    raw.denseBatch(rows, x);
    const tensors = (arrays: Record<string, Float32Array>): Weights =>
      Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, tf.tensor(arrays[name], [...spec.shape])]));
    const lossOf = (weights: Weights) => {
      const library = tf.tensor2d(
        Float32Array.from(rows, (i) => raw.librarySize[i]),
        [8, 1],
      );
      const batch = { x: tf.tensor2d(x, [8, 60]), counts: sparseCounts(engine, raw.counts, rows), library };
      return zipoLoss(engine, weights, shape, penalties, batch, {}).total;
    };
    const arrays = Object.fromEntries(
      Object.entries(specs).map(([name, { initial }]) => [
        name,
        initial.map((v, i) => 1.5 * v + 0.05 * Math.sin(i + 1)),
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
    const noise = engine.backend === 'wasm' ? 8e-3 : 2e-3;
    const slopes = numericGradient(arrays, (changed) => tf.tidy(() => lossOf(tensors(changed)).dataSync()[0]), 2e-3);
    names.forEach((name, i) => {
      // Biases before a norm and the softmax's common shift do nothing.
      if (/library\/[12]\/bias/.test(name)) return;
      const gradient = grads[i].dataSync();
      for (const [entry, slope] of slopes[name])
        expect(
          Math.abs(gradient[entry] - slope),
          `${name}[${entry}]: ${gradient[entry]} against ${slope}`,
        ).toBeLessThan(0.04 * Math.abs(slope) + noise);
    });
  });
});

describe('sparsity of the first layer', () => {
  it('does not depend on the scale of the weights, and is 1 where they are alike', () => {
    const { tf } = engine;
    const w = tf.tensor2d([1, 5, -1, 0, 1, 0, -1, 0], [4, 2]);
    expect(weightSpread(engine, w).dataSync()[0]).toBeCloseTo((1 + 0.5) / 2, 5);
    expect(weightSpread(engine, tf.mul(w, 100)).dataSync()[0]).toBeCloseTo(0.75, 5);
  });

  it('prunes by the largest weight of each neuron, and counts what is left of each gene', () => {
    const kernel = Float32Array.of(10, 0.001, 0.0005, -0.002, -5, 0);
    const { kernel: pruned, sparsity, geneImportance } = pruneFirstLayer(kernel, 2, 1e-4);
    expect(Array.from(pruned)).toEqual([10, Math.fround(0.001), 0, Math.fround(-0.002), -5, 0]);
    expect(sparsity).toBeCloseTo(2 / 6, 6);
    expect(Array.from(geneImportance.values)).toEqual([1.5, 2, 1, 1, 0.5, 1]);
  });
});

describe('ZiPo', () => {
  it.each(['zip', 'zinb', 'nb'] as const)('%s learns more than each gene by itself', async (likelihood) => {
    const { outcome, epochs } = await trainOn(engine, zipo, raw, {
      ...small,
      likelihood,
      alphaW: 0.001,
      epochs: 40,
    });
    const { training, heldOut } = splitObservations(raw.nObs, 0.1, 3);
    const floor = geneNbNll(raw.counts, raw.librarySize, training, heldOut, false);
    expect(Math.min(...epochs.map((epoch) => epoch.heldOut!.nll))).toBeLessThan(floor - 0.05);
    expect(outcome.summary.librarySizeError).toBeLessThan(0.3);
  });

  it('finds more dropouts where more were made', async () => {
    const parameters = { ...small, alphaW: 0, epochs: 40 };
    const [few, many] = [await trainOn(engine, zipo, raw, parameters), await trainOn(engine, zipo, lost, parameters)];
    expect(many.outcome.summary.meanDropout).toBeGreaterThan(few.outcome.summary.meanDropout + 0.05);
  });

  it('hands out expected counts that add up to the predicted library size, and to the counted one', async () => {
    const { outcome } = await trainOn(engine, zipo, raw, small);
    const values = new Float32Array(60);
    const totalOf = (source: ExpressionSource, model: typeof outcome.denoised, i: number): number => {
      createDenoisedReader(model).rows([i], values);
      source.undo(values, [i], 'counts');
      return values.reduce((sum, value) => sum + value, 0);
    };
    for (const i of [0, 7, 200])
      expect(totalOf(raw, outcome.denoised, i) / outcome.extras.librarySize.values[i]).toBeCloseTo(1, 3);

    const { source } = await madeCounts({
      nObs: 100,
      nVar: 60,
      nTypes: 3,
      seed: 5,
      normalisation: { ...normalisation, librarySize: 'median' },
    });
    const free = await trainOn(engine, zipo, source, { ...small, library: 'observed', likelihood: 'zinb' });
    for (const i of [0, 7, 90])
      expect(totalOf(source, free.outcome.denoised, i) / source.librarySize[i]).toBeCloseTo(1, 3);
  });

  it('ends with the same numbers when it was interrupted, and leaves no tensor behind', async () => {
    const before = engine.tf.memory().numTensors;
    const parameters = {
      ...small,
      likelihood: 'zinb',
      ratePatience: 1,
      libraryPenalty: 1e-4,
      alphaTheta: 0.1,
    } as const;
    const straight = await trainOn(engine, zipo, raw, parameters);
    const resumed = await trainOn(engine, zipo, raw, parameters, { resumeFrom: straight.checkpoints[2] });
    expect(resumed.outcome).toEqual(straight.outcome);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  it('hears a cancel, and cleans up', async () => {
    const before = engine.tf.memory().numTensors;
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const running = trainOn(
      engine,
      zipo,
      raw,
      { ...small, epochs: 10_000, patience: 0 },
      { signal: controller.signal },
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  it('has the published settings as a preset, and refuses normalised data with the reason', () => {
    expect(resolveParameters(zipo as never, 'paper')).toMatchObject({
      likelihood: 'zip',
      hiddenLayers: '2048-1024-512-256-128',
      residuals: true,
      library: 'predicted',
      alphaZ: 0.1,
      alphaW: 0.1,
      initialRate: 0.0212,
      learningRate: 0.001,
      patience: 30,
      ratePatience: 15,
    });
    expect(getPreset(zipo as never, 'paper').normalisation.librarySize).toBe('none');
    const facts = { nObs: 10, nVar: 10, nnz: 10, obsm: [] };
    expect(zipo.supports({ ...facts, valueKind: 'nonnegative' })).toMatchObject({ ok: false });
  });
});
