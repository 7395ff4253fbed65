import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { createDenoisedReader } from '../denoised/denoised-reader.ts';
import { getMethod } from '../registry.ts';
import { madeTissue, type MadeTissue } from './fixtures/made-tissue.ts';
import { outputStatistics } from './output-statistics.ts';
import { fitPositionScale, scalePositions } from './position-scale.ts';
import { geneColumn, predictField } from './predict-at.ts';
import { outputError, solveOutput } from './solve-output.ts';
import { trainOn } from './fixtures/train-on.ts';

let engine: Engine;
let tissue: MadeTissue;
beforeAll(async () => {
  engine = await startEngine();
  tissue = await madeTissue();
});

const quick: Record<string, unknown> = {
  epochs: 40,
  batchSize: 32,
  trialEpochs: 6,
  patience: 8,
  hiddenLayers: '32-32',
  heldOutShare: 0.15,
};

describe('scaling of positions', () => {
  const flat = { nDim: 3, values: Float64Array.of(10, 0, 5, 20, 40, 5, 15, 10, 5) };
  it('takes every axis to −1…1, and a flat one to 0', () => {
    expect([...scalePositions(fitPositionScale([flat], 'per-axis'), flat.values)]).toEqual([
      -1, -1, 0, 1, 1, 0, 0, -0.5, 0,
    ]);
  });
  it('keeps the aspect when asked to', () => {
    expect([...scalePositions(fitPositionScale([flat], 'keep'), flat.values)]).toEqual([
      -0.25, -1, 0, 0.25, 1, 0, 0, -0.5, 0,
    ]);
  });
});

describe('closed-form output layer', () => {
  it('is least squares where there is no noise, and its error follows from the sums', async () => {
    const [n, nHidden, nVar] = [60, 4, 6];
    const random = Random.from(3, 'solve');
    const hidden = { nDim: nHidden, values: random.fillNormal(new Float32Array(n * nHidden)) };
    const weights = random.fillNormal(new Float32Array(nHidden * nVar));
    const y = Float32Array.from({ length: n * nVar }, (_, k) => {
      let sum = 2;
      for (let h = 0; h < nHidden; h++)
        sum += hidden.values[Math.floor(k / nVar) * nHidden + h] * weights[h * nVar + (k % nVar)];
      return sum;
    });
    const data = {
      nObs: n,
      nVar,
      denseBatch: (rows: ArrayLike<number>, out: Float32Array) => {
        for (let r = 0; r < rows.length; r++) out.set(y.subarray(rows[r] * nVar, (rows[r] + 1) * nVar), r * nVar);
      },
    };
    const rows = Uint32Array.from({ length: n }, (_, i) => i);
    const stats = await outputStatistics(engine, data, hidden, rows);
    const solved = solveOutput(engine, stats, 1);
    solved.weights.forEach((value, k) => expect(value).toBeCloseTo(weights[k], 3));
    solved.bias.forEach((value) => expect(value).toBeCloseTo(2, 3));
    const shifted = { weights, bias: new Float32Array(nVar).fill(2.5) };
    expect(outputError(engine, stats, shifted)).toBeCloseTo(0.25, 4);
  });

  it('draws genes without a pattern to their mean', async () => {
    const [n, nHidden] = [80, 12];
    const random = Random.from(5, 'noise');
    const hidden = { nDim: nHidden, values: random.fillNormal(new Float32Array(n * nHidden)) };
    const noise = random.fillNormal(new Float32Array(n * 50));
    const data = {
      nObs: n,
      nVar: 50,
      denseBatch: (rows: ArrayLike<number>, out: Float32Array) => {
        for (let r = 0; r < rows.length; r++) out.set(noise.subarray(rows[r] * 50, (rows[r] + 1) * 50), r * 50);
      },
    };
    const all = Uint32Array.from({ length: n }, (_, i) => i);
    const solved = solveOutput(engine, await outputStatistics(engine, data, hidden, all), 2.5);
    const untouched = Array.from({ length: 50 }, (_, j) => j).filter((j) => solved.weights[j] === 0);
    expect(untouched.length).toBeGreaterThan(35);
  });
});

describe.each(['ffn', 'siren', 'ngp'])('%s', (id) => {
  const method = getMethod(id);
  it('predicts unseen spots of a smooth tissue better than the mean does', async () => {
    const { outcome } = await trainOn(engine, method, tissue, 'lacuna', quick);
    const nVar = tissue.training.nVar;
    const predicted = new Float32Array(tissue.truth.length);
    createDenoisedReader(outcome.predicted!).rows(
      Array.from({ length: tissue.unseen.nObs }, (_, i) => i),
      predicted,
    );
    let [error, floor] = [0, 0];
    tissue.truth.forEach((value, k) => {
      error += (value - predicted[k]) ** 2;
      floor += (value - tissue.training.geneMean[k % nVar]) ** 2;
    });
    expect(error).toBeLessThan(0.9 * floor);
  });

  it('leaves a field that gives the same values at the places of the unseen spots', async () => {
    const { outcome } = await trainOn(engine, method, tissue, 'lacuna', quick);
    const { denoised, field } = outcome;
    if (denoised.kind !== 'factored') throw new Error('expected factors');
    // As a project file would keep it.
    const stored = { ...field!, config: JSON.parse(JSON.stringify(field!.config)) as Record<string, unknown> };
    const values = await predictField(engine, stored, tissue.unseen.obsm.get('spatial')!, geneColumn(denoised, 7));
    const expected = createDenoisedReader(outcome.predicted!).gene(7);
    expect(values.length).toBe(tissue.unseen.nObs);
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
  });

  it('serves only data with positions', () => {
    const facts = { nObs: 500, nVar: 40, nnz: 4000, valueKind: 'counts' as const };
    expect(method.supports({ ...facts, obsm: [{ name: 'spatial', nDim: 2 }] })).toEqual({ ok: true });
    expect(method.supports({ ...facts, obsm: [{ name: 'X_umap', nDim: 2 }] })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('no positions'),
    });
  });
});

describe.each([
  ['ffn', 'lacuna', { sigma: 0 }],
  ['ffn', 'paper', { hiddenLayers: '32', epochs: 6 }],
  ['siren', 'lacuna', { omega: 6 }],
  ['ngp', 'lacuna', {}],
])('%s %s', (id, preset, overrides) => {
  const method = getMethod(id);
  const settings = { ...quick, epochs: 7, trialEpochs: 3, ...overrides };

  it('ends with the same numbers when it was interrupted and resumed, in every stage', async () => {
    const straight = await trainOn(engine, method, tissue, preset, settings);
    for (const at of [1, Math.floor(straight.checkpoints.length / 2), straight.checkpoints.length - 2]) {
      const resumed = await trainOn(engine, method, tissue, preset, settings, {
        resumeFrom: structuredClone(straight.checkpoints[at]),
      });
      expect(resumed.outcome).toEqual(straight.outcome);
      const losses = (epochs: typeof straight.epochs) =>
        epochs.map(({ epoch, train, heldOut }) => [epoch, train, heldOut]);
      expect(losses(resumed.epochs)).toEqual(losses(straight.epochs).slice(straight.checkpoints[at].epoch));
    }
  });

  it('leaves no tensor behind, and hears a cancel within a batch', async () => {
    const before = engine.tf.memory().numTensors;
    await trainOn(engine, method, tissue, preset, settings);
    expect(engine.tf.memory().numTensors).toBe(before);
    const controller = new AbortController();
    const running = trainOn(engine, method, tissue, preset, settings, {
      signal: controller.signal,
      record: ({ epoch }) => epoch === 2 && controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

describe.each([
  ['inr-pca', 'lacuna', { nComponents: 5, nFrequencies: 12, fieldLayers: '24' }],
  [
    'inr-vae',
    'lacuna',
    { hiddenLayers: '24', latentSize: 4, autoencoderEpochs: 12, nFrequencies: 12, fieldLayers: '24' },
  ],
  ['inr-vae', 'ae', { hiddenLayers: '24', latentSize: 4, autoencoderEpochs: 12, nFrequencies: 12, fieldLayers: '24' }],
])('%s %s', (id, preset, small) => {
  const method = getMethod(id);
  const settings = { batchSize: 32, trialEpochs: 4, patience: 8, heldOutShare: 0.15, epochs: 30, ...small };
  const briefly = { ...settings, ...('autoencoderEpochs' in small ? { autoencoderEpochs: 3 } : {}), epochs: 4 };

  it('predicts unseen spots better than the mean does', async () => {
    const { outcome } = await trainOn(engine, method, tissue, preset, settings);
    const predicted = new Float32Array(tissue.truth.length);
    createDenoisedReader(outcome.predicted!).rows(
      Array.from({ length: tissue.unseen.nObs }, (_, i) => i),
      predicted,
    );
    const { geneMean, nVar } = tissue.training;
    const squared = (at: (k: number) => number): number =>
      tissue.truth.reduce((sum, value, k) => sum + (value - at(k)) ** 2, 0);
    expect(squared((k) => predicted[k])).toBeLessThan(0.9 * squared((k) => geneMean[k % nVar]));
  });

  it('ends with the same numbers when it was interrupted and resumed, and leaves no tensor behind', async () => {
    const before = engine.tf.memory().numTensors;
    const straight = await trainOn(engine, method, tissue, preset, briefly);
    for (const at of [1, straight.checkpoints.length - 2]) {
      const resumed = await trainOn(engine, method, tissue, preset, briefly, {
        resumeFrom: structuredClone(straight.checkpoints[at]),
      });
      expect(resumed.outcome).toEqual(straight.outcome);
    }
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

describe('three dimensions', () => {
  it('learns from positions in space', async () => {
    const solid = await madeTissue({ nDim: 3, cells: 200 });
    const { outcome } = await trainOn(engine, getMethod('siren'), solid, 'lacuna', { ...quick, omega: 6, epochs: 5 });
    expect(outcome.predicted?.kind === 'factored' && outcome.predicted.hidden.values.length).toBe(40 * 32);
  });
});
