import { beforeAll, describe, expect, it } from 'vitest';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { numericGradient } from '../../engine/fixtures/numeric-gradient.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { createDenoisedReader } from '../denoised/denoised-reader.ts';
import { madeTissue, type MadeTissue } from '../inr/fixtures/made-tissue.ts';
import { trainOn } from '../inr/fixtures/train-on.ts';
import { outputOf, outputParameters, type OutputLayer } from '../inr/output-layer.ts';
import { geneColumn, predictField } from '../inr/predict-at.ts';
import type { Method, TrainOutcome } from '../method.ts';
import { aggregatedBatches, joinRows, type RowSource } from './aggregated-batches.ts';
import { diceLoss } from './dice.ts';
import { AverageMoments, applyHidden, foldHidden, hiddenParameters, type HiddenLayers } from './hidden-layers.ts';
import { reconstructionLoss } from './reconstruction-loss.ts';
import { spotGraph } from './spot-graph.ts';
import { suica as typedSuica } from './suica.ts';

const suica = typedSuica as unknown as Method;
let engine: Engine;
let tissue: MadeTissue;
beforeAll(async () => {
  engine = await startEngine();
  tissue = await madeTissue();
});

const small = {
  autoencoderEpochs: 12,
  fieldEpochs: 20,
  tuningEpochs: 8,
  trialEpochs: 4,
  patience: 6,
  heldOutShare: 0.15,
  hiddenLayers: '32',
  fieldLayers: '24',
  latentSize: 6,
  nFrequencies: 12,
  members: 2,
  batchSize: 64,
  fieldBatch: 64,
};
const brief = { ...small, autoencoderEpochs: 3, fieldEpochs: 3, tuningEpochs: 3, trialEpochs: 2 };
/** The published stages, small. */
const published = { ...brief, hiddenLayers: '24-12', fieldLayers: '16-16', heldOutShare: 0, patience: 0, members: 1 };

function errorOf(outcome: TrainOutcome, { truth, unseen }: MadeTissue): number {
  const predicted = new Float32Array(truth.length);
  createDenoisedReader(outcome.predicted!).rows(
    Array.from({ length: unseen.nObs }, (_, i) => i),
    predicted,
  );
  return truth.reduce((sum, value, k) => sum + (value - predicted[k]) ** 2, 0) / truth.length;
}

describe('Dice loss', () => {
  const predicted = [0, 1, 2, 0.5];
  const measured = [0, 3, 0, 1];
  it.each([
    ['tanh', Math.tanh(1) + Math.tanh(0.5), Math.tanh(1) + Math.tanh(2) + Math.tanh(0.5)],
    ['sigmoid', Math.tanh(0.5) + Math.tanh(0.25), Math.tanh(0.5) + Math.tanh(1) + Math.tanh(0.25)],
  ] as const)('%s: 1 − (2 Σpg + 1) / (Σp + Σg + 1)', (kind, overlap, sum) => {
    const { tf } = engine;
    const value = diceLoss(engine, tf.tensor2d(predicted, [2, 2]), tf.tensor2d(measured, [2, 2]), kind).dataSync()[0];
    expect(value).toBeCloseTo(1 - (2 * overlap + 1) / (sum + 2 + 1), 6);
  });

  it('is 2σ(x) − 1 in its second form, and 0 for an empty prediction of nothing', () => {
    const { tf } = engine;
    expect(Math.tanh(0.7 / 2)).toBeCloseTo(2 / (1 + Math.exp(-0.7)) - 1, 12);
    expect(diceLoss(engine, tf.zeros([3, 3]), tf.zeros([3, 3]), 'tanh').dataSync()[0]).toBe(0);
  });

  it('is one part of equation 4, beside the nonzeros and all entries', () => {
    const { tf } = engine;
    const terms = reconstructionLoss(engine, tf.tensor2d(predicted, [2, 2]), tf.tensor2d(measured, [2, 2]), {
      diceWeight: 0.01,
      pseudoProbability: 'tanh',
    });
    const value = (name: string): number => terms[name].dataSync()[0];
    expect(value('squared')).toBeCloseTo((4 + 0.25) / 2, 6);
    expect(value('absolute')).toBeCloseTo((0 + 2 + 2 + 0.5) / 4, 6);
    expect(value('total')).toBeCloseTo(2.125 + 1.125 + 0.01 * value('dice'), 6);
  });
});

const rowsOf = (source: RowSource): RowSource => ({
  nObs: source.nObs,
  nVar: source.nVar,
  keepsZeros: source.keepsZeros,
  denseBatch: source.denseBatch.bind(source),
  sparseBatch: source.sparseBatch.bind(source),
});

describe('graph of spots', () => {
  const line = Float32Array.of(0, 0, 1, 0, 2.1, 0, 3.3, 0, 4.6, 0);
  it('holds each spot and its nearest', async () => {
    const graph = await spotGraph(line, 2, 3, Uint32Array.of(0, 1, 2, 3, 4));
    expect([...graph.neighbours]).toEqual([0, 1, 2, 1, 0, 2, 2, 1, 3, 3, 2, 4, 4, 3, 2]);
  });
  it('takes neighbours among the allowed only', async () => {
    const graph = await spotGraph(line, 2, 3, Uint32Array.of(0, 1, 4));
    expect([...graph.neighbours]).toEqual([0, 1, 4, 1, 0, 4, 2, 1, 0, 3, 4, 1, 4, 1, 0]);
  });

  it('adds up log(1 + x) of the neighbours as the product with the graph would', async () => {
    const { training } = tissue;
    const { nVar } = training;
    const all = Uint32Array.from({ length: training.nObs }, (_, i) => i);
    const graph = await spotGraph(Float32Array.from(training.obsm.get('spatial')!.values), 2, 5, all);
    const rows = Uint32Array.of(7, 200, 8);
    const one = new Float32Array(nVar);
    for (const [weighting, factor] of [
      ['sum', 1],
      ['mean', 1 / 5],
    ] as const) {
      const filled = aggregatedBatches(engine, training, graph, weighting, true).fill(rows).dataSync().slice();
      const withoutZeros = { ...rowsOf(training), keepsZeros: false };
      const dense = aggregatedBatches(engine, withoutZeros, graph, weighting, true).fill(rows).dataSync();
      dense.forEach((value, at) => expect(value).toBeCloseTo(filled[at], 5));
      rows.forEach((row, r) => {
        const expected = new Float64Array(nVar);
        for (let c = 0; c < 5; c++) {
          training.denseBatch([graph.neighbours[row * 5 + c]], one);
          one.forEach((value, j) => (expected[j] += Math.log1p(value) * factor));
        }
        expected.forEach((value, j) => expect(filled[r * nVar + j]).toBeCloseTo(value, 4));
      });
    }
  });

  it('joins two sources row by row', () => {
    const both = joinRows(tissue.training, tissue.unseenExpression);
    const n = tissue.training.nObs;
    const dense = new Float32Array(2 * both.nVar);
    both.denseBatch([n + 3, 5], dense);
    const expected = new Float32Array(both.nVar);
    tissue.unseenExpression.denseBatch([3], expected);
    expect(dense.subarray(0, both.nVar)).toEqual(expected);
    const { indptr, indices, values } = both.sparseBatch([n + 3, 5]);
    for (let e = indptr[1]; e < indptr[2]; e++) expect(values[e]).toBe(dense[both.nVar + indices[e]]);
    expect(indptr[1]).toBe(expected.filter((value) => value !== 0).length);
  });
});

describe('normalised decoder', () => {
  const layers: HiddenLayers = { prefix: 'decoder', nIn: 3, widths: [5, 4], norm: true };
  const output: OutputLayer = {
    kind: 'relu',
    nHidden: 4,
    nVar: 6,
    mean: new Float32Array(6),
    sd: new Float32Array(6).fill(1),
  };
  const specsOf = (): Record<string, ParameterSpec> => ({
    ...hiddenParameters(layers, Random.from(1, 'weights')),
    ...outputParameters(output, Random.from(2, 'weights')),
  });
  const tensors = (specs: Record<string, ParameterSpec>, arrays: Record<string, Float32Array>): Weights =>
    Object.fromEntries(
      Object.entries(specs).map(([name, { shape, initial }]) => [
        name,
        engine.tf.tensor((arrays[name] ?? initial).slice(), [...shape]),
      ]),
    );
  const z = (): Tensor2D => engine.tf.tensor2d(Random.from(3, 'z').fillNormal(new Float32Array(8 * 3)), [8, 3]);

  it('has the gradients of its losses, by finite differences', () => {
    const { tf } = engine;
    const specs = specsOf();
    // Away from the kinks of ReLU and of the absolute error.
    for (const name of ['decoder/1/shift', 'decoder/2/shift', 'output/bias']) specs[name].initial.fill(3.2);
    const names = Object.keys(specs);
    const x = tf.tensor2d(
      Float32Array.from({ length: 48 }, (_, k) => (k % 3 === 0 ? 0 : 1 + (k % 5))),
      [8, 6],
    );
    const lossOf = (weights: Weights) =>
      reconstructionLoss(engine, outputOf(engine, weights, output, applyHidden(engine, weights, layers, z())), x, {
        diceWeight: 2,
        pseudoProbability: 'tanh',
      }).total;
    const weights = tensors(specs, {});
    const { grads } = tf.engine().gradients(
      () => lossOf(weights),
      names.map((name) => weights[name]),
      undefined,
      true,
    );
    const arrays = Object.fromEntries(Object.entries(specs).map(([name, { initial }]) => [name, initial]));
    const slopes = numericGradient(
      arrays,
      (changed) => tf.tidy(() => lossOf(tensors(specs, changed)).dataSync()[0]),
      1e-3,
      10,
    );
    names.forEach((name, i) => {
      const gradient = grads[i].dataSync();
      for (const [entry, slope] of slopes[name])
        expect(Math.abs(gradient[entry] - slope), `${name}[${entry}]`).toBeLessThan(0.03 * Math.abs(slope) + 0.02);
    });
  });

  it('gives the same when its moments are folded into plain layers', () => {
    const specs = specsOf();
    const arrays = Object.fromEntries(
      Object.entries(specs).map(([name, { initial }]) => [name, initial.map((value, k) => value + 0.1 * (k % 3))]),
    );
    const moments = new AverageMoments();
    const normalised = applyHidden(engine, tensors(specs, arrays), layers, z(), (name, mean, variance) =>
      moments.add(name, mean.dataSync(), variance.dataSync(), 8),
    ).dataSync();
    const folded = foldHidden(layers, arrays, moments);
    expect(Object.keys(folded).some((name) => name.endsWith('scale'))).toBe(false);
    const plain: HiddenLayers = { ...layers, norm: false };
    const plainSpecs = hiddenParameters(plain, Random.from(1, 'weights'));
    const values = applyHidden(engine, tensors(plainSpecs, folded), plain, z()).dataSync();
    values.forEach((value, k) => expect(value).toBeCloseTo(normalised[k], 4));
  });
});

describe('SUICA', () => {
  it('predicts unseen spots of a smooth tissue better than the mean does', async () => {
    const { outcome } = await trainOn(engine, suica, tissue, 'lacuna', small);
    const { geneMean, nVar } = tissue.training;
    const floor = tissue.truth.reduce((sum, value, k) => sum + (value - geneMean[k % nVar]) ** 2, 0);
    expect(errorOf(outcome, tissue)).toBeLessThan((0.9 * floor) / tissue.truth.length);
    expect(outcome.latent).toMatchObject({ nDim: 6 });
  });

  it('leaves a field that draws any gene anywhere', async () => {
    const { outcome } = await trainOn(engine, suica, tissue, 'paper', published);
    if (outcome.denoised.kind !== 'factored') throw new Error('expected factors');
    const values = await predictField(
      engine,
      outcome.field!,
      tissue.unseen.obsm.get('spatial')!,
      geneColumn(outcome.denoised, 3),
    );
    const expected = createDenoisedReader(outcome.predicted!).gene(3);
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
    expect(outcome.denoised.link).toBe('relu');
  });

  it.each([
    ['lacuna', brief],
    ['paper', published],
  ])('ends with the same numbers when it was interrupted and resumed in any stage: %s', async (preset, settings) => {
    const straight = await trainOn(engine, suica, tissue, preset, settings);
    const n = straight.checkpoints.length;
    for (const at of new Set([0, 2, Math.floor(n / 2), n - 4, n - 1])) {
      const resumed = await trainOn(engine, suica, tissue, preset, settings, {
        resumeFrom: structuredClone(straight.checkpoints[at]),
      });
      expect(resumed.outcome).toEqual(straight.outcome);
    }
  });

  it('names its loss terms stage by stage, epochs numbered through', async () => {
    const { epochs } = await trainOn(engine, suica, tissue, 'paper', published);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(Object.keys(epochs[8].train).sort()).toEqual(['absolute', 'dice', 'squared', 'total']);
    expect(Object.keys(epochs[4].train)).toContain('embedding');
  });

  it.each(['vanilla-inr', 'inr-ae', 'inr-ae-dice', 'code'])('trains the variant %s', async (preset) => {
    const { outcome, epochs } = await trainOn(engine, suica, tissue, preset, published);
    expect(Number.isFinite(errorOf(outcome, tissue))).toBe(true);
    expect('dice' in epochs[epochs.length - 1].train).toBe(preset === 'inr-ae-dice' || preset === 'code');
    expect(outcome.latent === null).toBe(preset === 'vanilla-inr');
  });

  it('leaves no tensor behind, and hears a cancel in every stage', async () => {
    const before = engine.tf.memory().numTensors;
    const { epochs } = await trainOn(engine, suica, tissue, 'lacuna', brief);
    expect(engine.tf.memory().numTensors).toBe(before);
    for (const when of [1, Math.floor(epochs.length / 2), epochs.length - 1]) {
      const controller = new AbortController();
      const running = trainOn(engine, suica, tissue, 'lacuna', brief, {
        signal: controller.signal,
        record: ({ epoch }) => epoch === when && controller.abort(),
      });
      await expect(running).rejects.toMatchObject({ code: 'cancelled' });
      expect(engine.tf.memory().numTensors).toBe(before);
    }
  });

  it('says what broke down when the loss explodes', async () => {
    const data = Object.assign(Object.create(tissue.training) as typeof tissue.training, {
      keepsZeros: false,
      denseBatch: (_rows: ArrayLike<number>, out: Float32Array) => void out.fill(1e25),
    });
    await expect(trainOn(engine, suica, { ...tissue, training: data }, 'lacuna', brief)).rejects.toMatchObject({
      code: 'diverged',
    });
  });
});

describe('what unseen spots lend', () => {
  const changed = (): MadeTissue['unseenExpression'] =>
    Object.assign(Object.create(tissue.unseenExpression) as MadeTissue['unseenExpression'], {
      keepsZeros: false,
      denseBatch: (_rows: ArrayLike<number>, out: Float32Array) => void out.fill(9),
    });
  const run = async (protocol: string, expression: MadeTissue['unseenExpression']): Promise<TrainOutcome> => {
    const unseen = { ...tissue.unseen, expression };
    return (await trainOn(engine, suica, { ...tissue, unseen }, 'paper', { ...published, protocol })).outcome;
  };

  it('is nothing to a leak-free run: other expression there changes no prediction', async () => {
    const [one, other] = [await run('leak-free', tissue.unseenExpression), await run('leak-free', changed())];
    expect(other.predicted).toEqual(one.predicted);
    expect(other.latent).toEqual(one.latent);
  });

  it('is a part of the embedding by the authors’ protocol', async () => {
    const [one, other] = [await run('authors', tissue.unseenExpression), await run('authors', changed())];
    expect(other.predicted).not.toEqual(one.predicted);
  });
});
