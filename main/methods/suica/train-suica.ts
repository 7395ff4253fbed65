import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { Random } from '../../engine/random/random.ts';
import { detailSummary } from '../inr/detail-summary.ts';
import { finishOutput } from '../inr/finish-output.ts';
import { fitEmbedding, type EmbeddingPlan } from '../inr/fit-embedding.ts';
import { createOutputLayer, handOutOutput, outputSquaredError, type OutputKind } from '../inr/output-layer.ts';
import { takeRows } from '../inr/output-statistics.ts';
import { packField, runField } from '../inr/predict-at.ts';
import type { TissuePositions } from '../inr/tissue-positions.ts';
import type { DenseOutput, TrainContext, TrainOutcome } from '../method.ts';
import { createBatchFiller } from '../training/batches.ts';
import { breathe } from '../training/event-loop.ts';
import { splitObservations, type Split } from '../training/split.ts';
import type { Stages } from '../training/stages.ts';
import type { Schedule } from '../training/training.types.ts';
import { aggregatedBatches, joinRows, type RowSource } from './aggregated-batches.ts';
import { collectMoments } from './embed-spots.ts';
import { graphAutoencoderShape, type GraphAutoencoderShape } from './graph-autoencoder.ts';
import { applyHidden, foldHidden } from './hidden-layers.ts';
import { spotGraph } from './spot-graph.ts';
import { trainAutoencoder } from './train-autoencoder.ts';
import { tuneDecoder, type TuningPlan } from './tune-decoder.ts';
import { weightTensors } from './weight-tensors.ts';

/** SUICA in all its variants. */
export interface SuicaPlan {
  /** Neighbours per spot, itself included; 1 is a plain autoencoder. */
  neighbours: number;
  weighting: 'sum' | 'mean';
  /** Widths of the encoder; the decoder mirrors them. */
  widths: readonly number[];
  latentSize: number;
  batchNorm: boolean;
  output: OutputKind;
  solve: boolean;
  /** Share of the training spots that judge; the schedules must carry the same. */
  heldOutShare: number;
  /** Whether the autoencoder and its graph see the unseen spots, too. */
  protocol: 'leak-free' | 'authors';
  autoencoder: { loss: 'squared' | 'nonzero'; inputDropout: number; schedule: Schedule };
  field: Pick<EmbeddingPlan, 'candidates' | 'trialEpochs' | 'members' | 'addAbsolute' | 'schedule'>;
  /** Null leaves the decoder as the autoencoder made it. */
  tuning: Pick<TuningPlan, 'tune' | 'loss' | 'diceWeight' | 'pseudoProbability' | 'schedule'> | null;
}

/**
 * SUICA (section 3.2): a graph autoencoder makes embeddings of the spots, a network of position learns the embeddings, and the decoder
 * is tuned to make expression of what that network predicts.
 */
export async function trainSuica(
  context: TrainContext<unknown>,
  stages: Stages,
  positions: TissuePositions,
  plan: SuicaPlan,
): Promise<TrainOutcome> {
  const { engine, data, seed, signal, report } = context;
  const task = { signal, report };
  const split = splitObservations(data.nObs, plan.heldOutShare, seed);
  const shape = graphAutoencoderShape(plan.widths, plan.latentSize, plan.batchNorm, (nHidden) =>
    createOutputLayer(plan.output, nHidden, data),
  );
  const seen = seenRows(context, positions, plan, split);
  report({ stage: 'Finding neighbours in the tissue', fraction: null });
  const graph = await spotGraph(seen.points, positions.nDim, plan.neighbours, seen.split.training, { signal });
  const { normalisation } = data.recipe;
  const takeLog = !normalisation.log1p && normalisation.scale === 'none';
  const autoencoder = await trainAutoencoder(context, stages, {
    ...plan.autoencoder,
    shape,
    split: seen.split,
    data: seen.data,
    batches: aggregatedBatches(engine, seen.data, graph, plan.weighting, takeLog),
    nObs: data.nObs,
  });

  const judgeBatch = createBatchFiller(engine, data, Math.max(1, Math.min(plan.field.schedule.batchSize, data.nObs)));
  const decoderTensors = weightTensors(engine, autoencoder.decoder);
  const errorOf = (weights: typeof decoderTensors, z: Tensor2D, rows: Uint32Array): Scalar => {
    const hidden = applyHidden(engine, weights, shape.decoder, z);
    return outputSquaredError(engine, weights, shape.output, hidden, judgeBatch.fill(rows));
  };
  const fitted = await fitEmbedding(context, stages, positions, {
    ...plan.field,
    split,
    embedding: autoencoder.embedding,
    nOut: plan.latentSize,
    judge: (z, rows) => errorOf(decoderTensors, z, rows),
  }).finally(() => engine.tf.dispose(Object.values(decoderTensors)));

  const embed = async (arrays: Record<string, Float32Array>, points: Float32Array): Promise<DenseOutput> =>
    (await runField(engine, { shape: fitted.shape, decoder: [] }, { ...arrays, ...fitted.fixed }, points, { signal }))
      .embedding;
  let chosen = { ...fitted.arrays, ...autoencoder.decoder };
  const summary: Record<string, number> = { ...fitted.summary };
  if (plan.tuning) {
    const predicted = await embed(fitted.arrays, positions.training);
    const tuned = await tuneDecoder(context, stages, positions, fitted, predicted.values, autoencoder.decoder, {
      ...plan.tuning,
      shape,
      split,
    });
    if (split.heldOut.length === 0) chosen = tuned;
    else {
      const before = await heldOutError(chosen);
      const after = await heldOutError(tuned);
      if (after < before) chosen = tuned;
      Object.assign(summary, { heldOutBeforeTuning: before, heldOutAfterTuning: after });
    }
  }

  /** Error of the expression of the held-out spots, from their positions. */
  async function heldOutError(arrays: Record<string, Float32Array>): Promise<number> {
    const rows = split.heldOut;
    const { values } = await embed(arrays, takeRows(positions.training, positions.nDim, rows));
    const weights = weightTensors(engine, decoderOnly(arrays));
    let sum = 0;
    try {
      const size = plan.field.schedule.batchSize;
      for (let start = 0; start < rows.length; start += size) {
        await breathe();
        throwIfCancelled(signal);
        const part = rows.subarray(start, Math.min(start + size, rows.length));
        sum += engine.tf.tidy(() => {
          const z = values.slice(start * plan.latentSize, (start + part.length) * plan.latentSize);
          return (
            part.length * errorOf(weights, engine.tf.tensor2d(z, [part.length, plan.latentSize]), part).dataSync()[0]
          );
        });
      }
    } finally {
      engine.tf.dispose(Object.values(weights));
    }
    return sum / rows.length;
  }

  const latent = await embed(chosen, positions.training);
  const plain = await foldDecoder(context, shape, chosen, latent, plan.field.schedule.batchSize);
  const config = { shape: fitted.shape, decoder: shape.decoder.widths };
  const all = { ...plain, ...fitted.fixed };
  const { hidden } = await runField(engine, config, all, positions.training, task);
  let output = handOutOutput(shape.output, plain);
  if (plan.solve && plan.output === 'mean') {
    const finished = await finishOutput(engine, data, hidden, split, output, task);
    output = finished.output;
    Object.assign(summary, finished.summary);
  }
  const link = plan.output === 'relu' ? 'relu' : 'identity';
  const unseen = positions.unseen ? await runField(engine, config, all, positions.unseen, task) : null;
  return {
    latent,
    denoised: { kind: 'factored', hidden, ...output, link },
    predicted: unseen ? { kind: 'factored', hidden: unseen.hidden, ...output, link } : null,
    field: packField(
      positions.name,
      { ...config, scale: positions.scale },
      Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith('output/'))),
    ),
    extras: {},
    summary: {
      ...summary,
      autoencoderEpochs: autoencoder.summary.epochs,
      ...(autoencoder.summary.heldOutLoss === undefined ? {} : { autoencoderLoss: autoencoder.summary.heldOutLoss }),
      ...detailSummary(fitted.shape.network),
      epochs: stages.epochs,
    },
  };
}

/** What the autoencoder may see: the training spots; by the authors' protocol the unseen ones, too. */
function seenRows(
  { data, unseen }: TrainContext<unknown>,
  positions: TissuePositions,
  { protocol }: SuicaPlan,
  split: Split,
): { data: RowSource; points: Float32Array; split: Split } {
  const others = protocol === 'authors' ? (unseen?.expression ?? null) : null;
  if (!others || !positions.unseen) return { data, points: positions.training, split };
  const points = new Float32Array(positions.training.length + positions.unseen.length);
  points.set(positions.training);
  points.set(positions.unseen, positions.training.length);
  const added = Uint32Array.from({ length: others.nObs }, (_, i) => data.nObs + i);
  return {
    data: joinRows(data, others),
    points,
    split: { ...split, training: Uint32Array.from([...split.training, ...added]) },
  };
}

function decoderOnly(arrays: Record<string, Float32Array>): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(arrays).filter(([name]) => name.startsWith('decoder/') || name.startsWith('output/')),
  );
}

/** The decoder as plain ReLU layers: normalisation by the moments of the spots' predicted embeddings. */
async function foldDecoder(
  { engine, signal }: TrainContext<unknown>,
  shape: GraphAutoencoderShape,
  arrays: Record<string, Float32Array>,
  embedding: DenseOutput,
  batchSize: number,
): Promise<Record<string, Float32Array>> {
  if (!shape.decoder.norm) return arrays;
  const { nDim, values } = embedding;
  const nObs = values.length / nDim;
  const weights = weightTensors(engine, decoderOnly(arrays));
  // Neighbouring spots are alike, and batches of training are not: the rows are mixed.
  const order = Random.from(0, 'moments').shuffle(Uint32Array.from({ length: nObs }, (_, i) => i));
  const moments = await collectMoments({ engine, weights, nObs, batchSize, signal }, (tensors, rows, seen) => {
    const mixed = rows.map((row) => order[row]);
    const z = engine.tf.tensor2d(takeRows(values, nDim, mixed), [rows.length, nDim]);
    applyHidden(engine, tensors, shape.decoder, z, seen);
  }).finally(() => engine.tf.dispose(Object.values(weights)));
  return foldHidden(shape.decoder, arrays, moments);
}
