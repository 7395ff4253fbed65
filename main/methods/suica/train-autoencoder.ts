import type { Scalar } from '@tensorflow/tfjs-core';
import type { ParameterStore } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { corrupt } from '../autoencoder/corrupt.ts';
import type { TrainContext } from '../method.ts';
import { outputOf, outputSquaredError } from '../inr/output-layer.ts';
import type { Split } from '../training/split.ts';
import type { Stages } from '../training/stages.ts';
import type { LossTerms, Schedule } from '../training/training.types.ts';
import type { AggregatedBatches, RowSource } from './aggregated-batches.ts';
import { collectMoments, collectRows } from './embed-spots.ts';
import { encodeAggregated, graphAutoencoderParameters, type GraphAutoencoderShape } from './graph-autoencoder.ts';
import { applyHidden, foldHidden } from './hidden-layers.ts';
import { absoluteError, nonzeroSquaredError } from './reconstruction-loss.ts';
import { weightTensors } from './weight-tensors.ts';

/** How the first stage is trained. */
export interface AutoencoderPlan {
  shape: GraphAutoencoderShape;
  /** `squared`: mean squared error of all entries (equation 1); `nonzero`: of the nonzeros, plus the absolute error of all. */
  loss: 'squared' | 'nonzero';
  /** Share of the input hidden while training. */
  inputDropout: number;
  schedule: Schedule;
  split: Split;
  /** All rows that the autoencoder sees. */
  data: RowSource;
  batches: AggregatedBatches;
  /** The first so many rows are the run's own; their embeddings are wanted. */
  nObs: number;
}

/** Embeddings of the run's spots and the decoder that goes with them. */
export interface TrainedAutoencoder {
  /** [nObs, latentSize] */
  embedding: Float32Array;
  /** Decoder and output layer by name, normalisation not folded in. */
  decoder: Record<string, Float32Array>;
  summary: Record<string, number>;
}

/** SUICA's first stage: the autoencoder on the spots' own expression, seen together with their neighbours'. */
export async function trainAutoencoder(
  context: TrainContext<unknown>,
  stages: Stages,
  plan: AutoencoderPlan,
): Promise<TrainedAutoencoder> {
  const { engine, seed } = context;
  const { tf } = engine;
  const { shape, batches } = plan;
  const parameters = graphAutoencoderParameters(shape, Random.from(seed, 'weights'));

  const keep = async (store: ParameterStore): Promise<Record<string, Float32Array>> => {
    const arrays = store.weights();
    const kept = Object.fromEntries(Object.entries(arrays).filter(([name]) => !name.startsWith('encoder/')));
    return { ...kept, embedding: await embed(context, plan, arrays) };
  };
  const { arrays, summary } = await stages.train({
    name: 'autoencoder',
    title: 'Training the autoencoder',
    trainable: {
      parameters,
      loss: (weights, { rows, x, training, random }): LossTerms => {
        const input = corrupt(engine, { x: batches.fill(rows), training, random }, plan.inputDropout);
        const z = encodeAggregated(engine, weights, shape, input);
        const hidden = applyHidden(engine, weights, shape.decoder, z);
        if (plan.loss === 'squared') return { total: outputSquaredError(engine, weights, shape.output, hidden, x) };
        const predicted = outputOf(engine, weights, shape.output, hidden);
        const squared = nonzeroSquaredError(engine, predicted, x);
        const absolute = absoluteError(engine, predicted, x);
        return { total: tf.add(squared, absolute) as Scalar, squared, absolute };
      },
    },
    schedule: { ...plan.schedule, split: plan.split },
    data: plan.data,
    keep,
  });
  const { embedding, ...decoder } = arrays;
  return { embedding, decoder, summary };
}

async function embed(
  context: TrainContext<unknown>,
  { shape, schedule, batches, data, nObs }: AutoencoderPlan,
  arrays: Record<string, Float32Array>,
): Promise<Float32Array> {
  const { engine, signal } = context;
  const pass = { engine, batchSize: schedule.batchSize, signal };
  let plain = arrays;
  if (shape.encoder.norm) {
    const weights = weightTensors(engine, arrays);
    // Neighbouring spots are alike, and batches of training are not: the rows are mixed.
    const order = Random.from(0, 'moments').shuffle(Uint32Array.from({ length: data.nObs }, (_, i) => i));
    const moments = await collectMoments({ ...pass, weights, nObs: data.nObs }, (tensors, rows, seen) => {
      const mixed = rows.map((row) => order[row]);
      encodeAggregated(engine, tensors, shape, batches.fill(mixed), seen);
    }).finally(() => engine.tf.dispose(Object.values(weights)));
    plain = foldHidden(shape.encoder, arrays, moments);
  }
  const folded: GraphAutoencoderShape = { ...shape, encoder: { ...shape.encoder, norm: false } };
  const weights = weightTensors(engine, plain);
  return collectRows({ ...pass, weights, nObs }, shape.latentSize, (tensors, rows) =>
    encodeAggregated(engine, tensors, folded, batches.fill(rows)),
  ).finally(() => engine.tf.dispose(Object.values(weights)));
}
