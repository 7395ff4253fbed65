import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { numericGradient } from '../../engine/fixtures/numeric-gradient.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { createDenoisedReader } from '../denoised/denoised-reader.ts';
import { madeTissue, type MadeTissue } from '../inr/fixtures/made-tissue.ts';
import { trainOn } from '../inr/fixtures/train-on.ts';
import { geneColumn, predictField } from '../inr/predict-at.ts';
import { getMethod } from '../registry.ts';
import { stageParameters, stageShape } from './network.ts';
import { stageLoss } from './train-stage.ts';
import { unitSquare } from './unit-square.ts';

const stage = getMethod('stage');
let engine: Engine;
let tissue: MadeTissue;
beforeAll(async () => {
  engine = await startEngine();
  tissue = await madeTissue();
});

const small = { hiddenLayers: '32-16', projections: 20, batchSize: 64, epochs: 60, patience: 15, heldOutShare: 0.15 };
const brief = { ...small, epochs: 5 };

describe('positions of STAGE', () => {
  it('run from 0 to 1, and the scale says so', () => {
    const scaled = unitSquare({
      name: 'spatial',
      nDim: 2,
      scale: { centre: [10, 20], half: [5, 5] },
      training: Float32Array.of(-1, 0, 1, 0.5),
      unseen: Float32Array.of(0, 0),
      spacing: 0.2,
    });
    expect([...scaled.training]).toEqual([0, 0.5, 1, 0.75]);
    expect([...scaled.unseen!]).toEqual([0.5, 0.5]);
    expect(scaled.scale).toEqual({ centre: [5, 15], half: [10, 10] });
    expect(scaled.spacing).toBeCloseTo(0.1);
  });
});

describe('loss of STAGE', () => {
  const output = {
    kind: 'mean' as const,
    nHidden: 6,
    nVar: 5,
    mean: Float32Array.of(1, 2, 3, 4, 5),
    sd: new Float32Array(5).fill(1.5),
  };
  const factors = { position: 0.7, wasserstein: 0.4, expression: 1.3, absolute: 0.3, measured: 0.6, projections: 7 };
  const shape = stageShape(2, [6, 4], true, output);
  const terms = (weights: Weights, training = true) => {
    const { tf } = engine;
    const x = tf.tensor2d(Random.from(5, 'x').fillUniform(new Float32Array(40), 0, 4), [8, 5]);
    const at = tf.tensor2d(Random.from(6, 'at').fillUniform(new Float32Array(16), 0, 1), [8, 2]);
    return stageLoss(engine, weights, shape, factors, {
      input: x,
      x,
      at,
      training,
      random: Random.from(7, 'noise'),
    });
  };
  const specsOf = (): Record<string, ParameterSpec> => {
    const specs = stageParameters(shape, Random.from(1, 'weights'));
    Random.from(2, 'kernel').fillNormal(specs['output/kernel'].initial, 0.1);
    // Away from the kinks of the absolute errors,
    specs['output/bias'].initial.fill(4);
    specs['encoder/position/bias'].initial.fill(3);
    // and of ReLU.
    for (const name of Object.keys(specs)) if (name.endsWith('/shift')) specs[name].initial.fill(3.1);
    return specs;
  };
  const tensors = (specs: Record<string, ParameterSpec>, arrays: Record<string, Float32Array>): Weights =>
    Object.fromEntries(
      Object.entries(specs).map(([name, { shape: dims, initial }]) => [
        name,
        engine.tf.tensor((arrays[name] ?? initial).slice(), [...dims]),
      ]),
    );

  it('has the gradients of its value, by finite differences', () => {
    const { tf } = engine;
    const specs = specsOf();
    const names = Object.keys(specs);
    const weights = tensors(specs, {});
    const { grads } = tf.engine().gradients(
      () => terms(weights).total,
      names.map((name) => weights[name]),
      undefined,
      true,
    );
    const slopes = numericGradient(
      Object.fromEntries(Object.entries(specs).map(([name, { initial }]) => [name, initial])),
      (changed) => tf.tidy(() => terms(tensors(specs, changed)).total.dataSync()[0]),
      2e-3,
      8,
    );
    names.forEach((name, i) => {
      const gradient = grads[i].dataSync();
      for (const [entry, slope] of slopes[name])
        expect(Math.abs(gradient[entry] - slope), `${name}[${entry}]`).toBeLessThan(0.03 * Math.abs(slope) + 0.02);
    });
  });

  it('is the sum of its terms', () => {
    const specs = specsOf();
    const value = Object.fromEntries(
      Object.entries(terms(tensors(specs, {}))).map(([name, term]) => [name, term.dataSync()[0]]),
    );
    const withoutAbsolute =
      factors.position * (value.position + factors.wasserstein * value.wasserstein) +
      factors.expression * (value.squared + factors.measured * value.measured);
    expect(value.total).toBeGreaterThan(withoutAbsolute);
    // The absolute error of any residual is at most the root of its squared error.
    const most = Math.sqrt(value.squared) + factors.measured * Math.sqrt(value.measured);
    expect(value.total - withoutAbsolute).toBeLessThanOrEqual(factors.expression * factors.absolute * most);
  });
});

describe('STAGE', () => {
  it('predicts unseen spots of a smooth tissue better than the mean does', async () => {
    const { outcome } = await trainOn(engine, stage, tissue, 'lacuna', small);
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

  it('puts every spot near its place, and nearer than the middle of the tissue is', async () => {
    const { outcome, epochs } = await trainOn(engine, stage, tissue, 'paper', {
      ...small,
      heldOutShare: 0,
      patience: 0,
    });
    expect(outcome.latent).toMatchObject({ nDim: 2 });
    const { values } = tissue.training.obsm.get('spatial')!;
    const { scale } = outcome.field!.config as unknown as { scale: { centre: number[]; half: number[] } };
    let [error, floor] = [0, 0];
    values.forEach((value, k) => {
      const place = (value - scale.centre[k % 2]) / scale.half[k % 2];
      error += Math.abs(outcome.latent!.values[k] - place);
      floor += Math.abs(place - 0.5);
    });
    expect(error).toBeLessThan(0.8 * floor);
    expect(Object.keys(epochs[0].train).sort()).toEqual(['position', 'squared', 'total', 'wasserstein']);
  });

  it.each(['lacuna', 'paper'])('leaves a field that draws any gene anywhere: %s', async (preset) => {
    const { outcome } = await trainOn(engine, stage, tissue, preset, brief);
    if (outcome.denoised.kind !== 'factored') throw new Error('expected factors');
    // As a project file would keep it.
    const { config } = outcome.field!;
    const stored = { ...outcome.field!, config: JSON.parse(JSON.stringify(config)) as Record<string, unknown> };
    const values = await predictField(
      engine,
      stored,
      tissue.unseen.obsm.get('spatial')!,
      geneColumn(outcome.denoised, 3),
    );
    const expected = createDenoisedReader(outcome.predicted!).gene(3);
    expect(values.length).toBe(tissue.unseen.nObs);
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
  });

  it.each(['lacuna', 'paper'])('ends with the same numbers when it was interrupted and resumed: %s', async (preset) => {
    const straight = await trainOn(engine, stage, tissue, preset, brief);
    for (const at of [0, 2, straight.checkpoints.length - 1]) {
      const resumed = await trainOn(engine, stage, tissue, preset, brief, {
        resumeFrom: structuredClone(straight.checkpoints[at]),
      });
      expect(resumed.outcome).toEqual(straight.outcome);
    }
  });

  it('learns nothing of the expression at unseen spots', async () => {
    const lent = { ...tissue.unseen, expression: tissue.unseenExpression };
    const [without, withIt] = [
      await trainOn(engine, stage, tissue, 'paper', brief),
      await trainOn(engine, stage, { ...tissue, unseen: lent }, 'paper', brief),
    ];
    expect(withIt.outcome).toEqual(without.outcome);
  });

  it('leaves no tensor behind, and hears a cancel within a batch', async () => {
    const before = engine.tf.memory().numTensors;
    for (const preset of ['lacuna', 'paper']) await trainOn(engine, stage, tissue, preset, brief);
    expect(engine.tf.memory().numTensors).toBe(before);
    const controller = new AbortController();
    const running = trainOn(engine, stage, tissue, 'paper', brief, {
      signal: controller.signal,
      record: ({ epoch }) => epoch === 2 && controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});
