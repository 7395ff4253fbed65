import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { autoencoder } from '../autoencoder/autoencoder.ts';
import { madeExpression } from '../fixtures/made-expression.ts';
import type { CheckpointState, EpochRecord, Method, TrainContext, TrainOutcome } from '../method.ts';
import { vae } from '../vae/vae.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

const { source: data } = madeExpression({ nObs: 230, nVar: 60, nTypes: 3, seed: 4 });
const settings = {
  epochs: 8,
  batchSize: 64,
  hiddenLayers: '16-8',
  latentSize: 4,
  heldOutShare: 0.2,
  patience: 3,
  inputDropout: 0.2,
  learningRate: 0.01,
};

interface Trained {
  outcome: TrainOutcome;
  epochs: EpochRecord[];
  checkpoints: CheckpointState[];
}

async function train(
  method: Method<never>,
  overrides: Record<string, unknown> = {},
  context: Partial<TrainContext<never>> = {},
): Promise<Trained> {
  const epochs: EpochRecord[] = [];
  const checkpoints: CheckpointState[] = [];
  const outcome = await method.train({
    data,
    parameters: method.parameters.parse({ ...settings, ...overrides }) as never,
    seed: 11,
    engine,
    report: () => {},
    record: (epoch) => epochs.push(epoch),
    resumeFrom: null,
    // Through JSON and copies, as a project file would keep it.
    checkpoint: (build) => {
      const { epoch, arrays, state } = build();
      checkpoints.push({
        epoch,
        arrays: structuredClone(arrays),
        state: JSON.parse(JSON.stringify(state)) as Record<string, unknown>,
      });
    },
    ...context,
  });
  return { outcome, epochs, checkpoints };
}

const methods = [autoencoder, vae] as unknown as Method<never>[];

describe.each(methods.map((method) => [method.id, method] as const))('%s', (_, method) => {
  it('learns: the held-out loss falls', async () => {
    const { epochs } = await train(method, { epochs: 15 });
    expect(epochs[epochs.length - 1].heldOut!.total).toBeLessThan(0.9 * epochs[0].heldOut!.total);
  });

  it('gives the same numbers for the same seed, and others for another', async () => {
    const [first, second, other] = [await train(method), await train(method), await train(method, {}, { seed: 12 })];
    expect(second.outcome.latent).toEqual(first.outcome.latent);
    expect(second.outcome.denoised).toEqual(first.outcome.denoised);
    expect(other.outcome.latent).not.toEqual(first.outcome.latent);
  });

  it('ends with the same numbers when it was interrupted and resumed', async () => {
    const straight = await train(method);
    for (const checkpoint of [straight.checkpoints[0], straight.checkpoints[4]]) {
      const resumed = await train(method, {}, { resumeFrom: structuredClone(checkpoint) });
      expect(resumed.outcome).toEqual(straight.outcome);
      const losses = (epochs: EpochRecord[]) =>
        epochs.map(({ epoch, train: terms, heldOut }) => ({ epoch, terms, heldOut }));
      expect(losses(resumed.epochs)).toEqual(losses(straight.epochs).slice(checkpoint.epoch));
    }
  });

  it('leaves no tensor behind', async () => {
    const before = engine.tf.memory().numTensors;
    await train(method);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  it('hears a cancel within a batch, and cleans up', async () => {
    const before = engine.tf.memory().numTensors;
    const controller = new AbortController();
    let epochsBefore = 0;
    const running = train(
      method,
      { epochs: 1000, heldOutShare: 0, patience: 0 },
      {
        signal: controller.signal,
        record: ({ epoch }) => {
          epochsBefore = epoch;
          if (epoch === 2) controller.abort();
        },
      },
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(epochsBefore).toBe(2);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  it('stops with an explanation when the loss breaks down', async () => {
    const running = train(method, { learningRate: 1, epochs: 400, heldOutShare: 0 }, { data: exploding() });
    await expect(running).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringContaining('Training broke down in epoch'),
      remedy: expect.stringContaining('smaller learning rate'),
    });
  });
});

describe('training loop', () => {
  it('trains with a linear decoder, whose last hidden layer is the latent', async () => {
    const before = engine.tf.memory().numTensors;
    const { outcome } = await train(methods[0], { decoder: 'linear', latentActivation: 'linear' });
    if (outcome.denoised.kind !== 'factored') throw new Error('expected factors');
    expect(outcome.denoised.hidden).toEqual(outcome.latent);
    expect(outcome.denoised.weights.length).toBe(4 * data.nVar);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  it('stops early and takes the best epoch', async () => {
    const { outcome, epochs } = await train(methods[0], { epochs: 400, patience: 4, learningRate: 0.05 });
    const best = epochs.reduce((a, b) => (b.heldOut!.total < a.heldOut!.total ? b : a));
    expect(outcome.summary.bestEpoch).toBe(best.epoch);
    expect(outcome.summary.heldOutLoss).toBe(best.heldOut!.total);
    expect(outcome.summary.epochs).toBe(best.epoch + 4);
    expect(epochs.length).toBeLessThan(400);
  });

  it('reports at most about ten times a second, with what a chart needs', async () => {
    const at: number[] = [];
    const reports: unknown[] = [];
    await train(
      methods[1],
      { epochs: 60, patience: 0 },
      {
        report: (progress) => {
          at.push(performance.now());
          reports.push(progress);
        },
      },
    );
    const gaps = at.slice(1, -1).map((time, i) => time - at[i]);
    expect(gaps.every((gap) => gap >= 95)).toBe(true);
    expect(reports[reports.length - 1]).toMatchObject({
      fraction: 1,
      etaSeconds: 0,
      detail: {
        epoch: 60,
        epochs: 60,
        losses: { total: expect.any(Number), kl: expect.any(Number), reconstruction: expect.any(Number) },
      },
    });
  });
});

/** Values so large that their squares overflow float32. */
function exploding(): typeof data {
  return Object.assign(Object.create(data) as typeof data, {
    denseBatch: (_rows: ArrayLike<number>, out: Float32Array) => void out.fill(1e19),
  });
}
