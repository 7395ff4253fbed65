import type { Tensor } from '@tensorflow/tfjs-core';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import {
  ADAM_DEFAULTS,
  createParameterStore,
  type OptimiserSettings,
  type ParameterStore,
} from '../../engine/optimiser/parameter-store.ts';
import { translateOutOfMemory } from '../../engine/out-of-memory.ts';
import { Random } from '../../engine/random/random.ts';
import type { EpochRecord } from '../method.ts';
import { createBatchFiller } from './batches.ts';
import { checkpointOf, resume } from './checkpoint.ts';
import { areFinite, checkFinite } from './diverged.ts';
import { EarlyStopping } from './early-stopping.ts';
import { breathe } from './event-loop.ts';
import { GradientNorms } from './gradient-norms.ts';
import { LearningRate } from './learning-rate.ts';
import { LossAverage } from './loss-average.ts';
import { readTerms } from './read-terms.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { splitObservations } from './split.ts';
import { trainStep } from './train-step.ts';
import type { Schedule, Trainable, TrainingContext } from './training.types.ts';

/** A trained network, holding the best weights; the caller disposes the store. */
export interface TrainedNetwork {
  store: ParameterStore;
  /** `epochs`, `trainLoss`, and with held-out observations `bestEpoch`, `heldOutLoss`. */
  summary: Record<string, number>;
}

/**
 * Trains a network by Adam or RMSprop over shuffled batches: the loop that every network method shares.
 *
 * Random choices come from seeded streams whose state is part of each checkpoint, so that a resumed run ends with the
 * same numbers as an uninterrupted one, bit for bit.
 *
 * @throws LacunaError `cancelled` within a batch, `diverged`, `out-of-memory`
 */
export async function trainNetwork(
  context: TrainingContext,
  trainable: Trainable,
  schedule: Schedule,
): Promise<TrainedNetwork> {
  const store = createParameterStore(context.engine, trainable.parameters, optimiserOf(schedule));
  try {
    const summary = await runEpochs(context, trainable, schedule, store);
    return { store, summary };
  } catch (error) {
    store.dispose();
    throw translateOutOfMemory(error);
  }
}

async function runEpochs(
  context: TrainingContext,
  trainable: Trainable,
  schedule: Schedule,
  store: ParameterStore,
): Promise<Record<string, number>> {
  const { engine, data, seed } = context;
  const { training, heldOut } = schedule.split ?? splitObservations(data.nObs, schedule.heldOutShare, seed);
  const filler = createBatchFiller(engine, data, Math.min(schedule.batchSize, data.nObs));
  const streams = { shuffle: Random.from(seed, 'shuffle'), noise: Random.from(seed, 'noise') };
  const stopping = new EarlyStopping(heldOut.length > 0 ? schedule.patience : 0);
  const watch = schedule.watch ?? 'total';
  const rate = new LearningRate(optimiserOf(schedule).learningRate, schedule.rate);
  let last: EpochRecord | null = null;
  let epoch = 0;
  if (context.resumeFrom) {
    ({ epoch, last } = resume(context.resumeFrom, store, streams, stopping));
    rate.restore(context.resumeFrom.state.rate);
  }
  const reporter = new ProgressReporter(context.report, schedule.epochs, epoch);

  while (epoch < schedule.epochs && !stopping.shouldStop(epoch)) {
    epoch++;
    const startedAt = performance.now();
    const order = streams.shuffle.shuffle(training.slice());
    const trainMean = new LossAverage();
    const norms = new GradientNorms(Math.ceil(order.length / schedule.batchSize));
    for (let start = 0; start < order.length; start += schedule.batchSize) {
      await breathe();
      throwIfCancelled(context.signal);
      const rows = order.subarray(start, Math.min(start + schedule.batchSize, order.length));
      const x = filler.fill(rows);
      const batch = { x, rows, training: true, epoch, random: streams.noise };
      const learningRate = rate.at(epoch);
      const { gradientNorm, ...terms } = trainStep(engine, trainable, store, batch, {
        learningRate,
        clipGradient: schedule.clipGradient,
        gradientNorm: schedule.gradientNorm && norms.isDue(start / schedule.batchSize),
      });
      x.dispose();
      norms.add(gradientNorm);
      // What led up to a breakdown explains it, so the epoch that was begun is kept as well.
      if (start > 0 && !areFinite(terms)) context.record(recordOf(epoch, trainMean, norms, start, startedAt));
      checkFinite(terms, epoch, learningRate);
      trainMean.add(terms, rows.length);
      reporter.batch(epoch, (start + rows.length) / order.length, trainMean.means(), last);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    last = {
      epoch,
      train: { ...trainMean.means(), ...norms.term() },
      heldOut: null,
      obsPerSecond: order.length / seconds,
    };
    if (heldOut.length > 0) {
      last.heldOut = await evaluate(context, trainable, store, heldOut, schedule.batchSize, epoch, filler);
      stopping.consider(epoch, last.heldOut[watch], () => store.weights());
      rate.consider(last.heldOut[watch]);
    }
    context.record(last);
    reporter.epoch(last);
    const finished = last;
    context.checkpoint(() => checkpointOf(finished, store, streams, stopping, rate.state()));
  }
  if (stopping.bestWeights) store.assign(stopping.bestWeights);
  return summaryOf(last, stopping);
}

function recordOf(
  epoch: number,
  mean: LossAverage,
  norms: GradientNorms,
  nObs: number,
  startedAt: number,
): EpochRecord {
  const seconds = (performance.now() - startedAt) / 1000;
  return { epoch, train: { ...mean.means(), ...norms.term() }, heldOut: null, obsPerSecond: nObs / seconds };
}

function optimiserOf({ adam, rmsprop }: Schedule): OptimiserSettings {
  return rmsprop ?? adam ?? ADAM_DEFAULTS;
}

/** Mean loss terms over held-out observations, with the same noise in every epoch. */
async function evaluate(
  context: TrainingContext,
  trainable: Trainable,
  store: ParameterStore,
  rows: Uint32Array,
  batchSize: number,
  epoch: number,
  filler: ReturnType<typeof createBatchFiller>,
): Promise<Record<string, number>> {
  const { tf } = context.engine;
  const mean = new LossAverage();
  const random = Random.from(context.seed, 'held-out noise');
  const weights = store.read();
  try {
    await trainable.prepareEvaluation?.(weights);
    for (let start = 0; start < rows.length; start += batchSize) {
      await breathe();
      throwIfCancelled(context.signal);
      const part = rows.subarray(start, Math.min(start + batchSize, rows.length));
      const x = filler.fill(part);
      const terms = tf.tidy(
        () =>
          trainable.loss(weights, { x, rows: part, training: false, epoch, random }) as unknown as Record<
            string,
            Tensor
          >,
      );
      x.dispose();
      mean.add(readTerms(terms), part.length);
    }
  } finally {
    for (const tensor of Object.values(weights)) tensor.dispose();
  }
  return mean.means();
}

function summaryOf(last: EpochRecord | null, stopping: EarlyStopping): Record<string, number> {
  const summary: Record<string, number> = { epochs: last?.epoch ?? 0, trainLoss: last?.train.total ?? NaN };
  if (stopping.bestEpoch > 0) {
    summary.bestEpoch = stopping.bestEpoch;
    summary.heldOutLoss = stopping.best;
  }
  return summary;
}
