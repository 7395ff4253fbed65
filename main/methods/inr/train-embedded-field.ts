import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { linearSquaredError } from '../../engine/losses/linear-squared-error.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import type { DenoisedModel, DenseOutput, TrainContext, TrainOutcome } from '../method.ts';
import { createBatchFiller } from '../training/batches.ts';
import type { Stages } from '../training/stages.ts';
import { detailSummary } from './detail-summary.ts';
import { finishOutput } from './finish-output.ts';
import { fitEmbedding, type EmbeddingPlan } from './fit-embedding.ts';
import { decoderHidden, packField, runField } from './predict-at.ts';
import type { LinearOutput } from './solve-output.ts';
import type { TissuePositions } from './tissue-positions.ts';

/** Embeddings of the training spots, and the way back to expression. */
export interface SpotEmbedding {
  /** [nObs, nOut] */
  values: Float32Array;
  nOut: number;
  /** ReLU layers `decoder/1` … with these widths; none for a linear way back. */
  decoder: { widths: readonly number[]; arrays: Record<string, Float32Array> };
  output: LinearOutput;
}

/** Learns the embeddings from positions and goes back to expression by the embedding's own decoder. */
export async function trainEmbeddedField(
  context: TrainContext<unknown>,
  stages: Stages,
  positions: TissuePositions,
  embedding: SpotEmbedding,
  plan: Omit<EmbeddingPlan, 'embedding' | 'nOut' | 'judge'> & { solve: boolean },
): Promise<TrainOutcome> {
  const { engine, data, signal, report } = context;
  const { tf } = engine;
  const { decoder } = embedding;
  const task = { signal, report };
  const judgeBatch = createBatchFiller(engine, data, Math.max(1, Math.min(plan.schedule.batchSize, data.nObs)));
  const { nVar } = data;
  const weights: Weights = {
    kernel: tf.tensor2d(embedding.output.weights.slice(), [embedding.output.weights.length / nVar, nVar]),
    bias: tf.tensor1d(embedding.output.bias.slice()),
  };
  for (const [name, values] of Object.entries(decoder.arrays)) {
    const nOut = decoder.arrays[name.replace(/kernel$/, 'bias')].length;
    weights[name] = name.endsWith('kernel')
      ? tf.tensor2d(values.slice(), [values.length / nOut, nOut])
      : tf.tensor1d(values.slice());
  }
  const fitted = await fitEmbedding(context, stages, positions, {
    ...plan,
    embedding: embedding.values,
    nOut: embedding.nOut,
    judge: (z, rows) => {
      const hidden = decoderHidden(engine, weights, decoder.widths, z);
      const [kernel, bias] = [weights.kernel as Tensor2D, weights.bias as Tensor1D];
      return tf.div(linearSquaredError(engine, hidden, kernel, bias, judgeBatch.fill(rows)), nVar);
    },
  }).finally(() => tf.dispose(Object.values(weights)));

  const config = { shape: fitted.shape, decoder: decoder.widths };
  const arrays = { ...fitted.arrays, ...fitted.fixed, ...decoder.arrays };
  const { embedding: latent, hidden } = await runField(engine, config, arrays, positions.training, task);
  let { output } = embedding;
  let finished: Record<string, number> = {};
  if (plan.solve) ({ output, summary: finished } = await finishOutput(engine, data, hidden, plan.split, output, task));
  const modelOf = (activations: DenseOutput): DenoisedModel => ({
    kind: 'factored',
    hidden: activations,
    ...output,
    link: 'identity',
  });
  return {
    latent,
    denoised: modelOf(hidden),
    predicted: positions.unseen
      ? modelOf((await runField(engine, config, arrays, positions.unseen, task)).hidden)
      : null,
    field: packField(positions.name, { ...config, scale: positions.scale }, arrays),
    extras: {},
    summary: { ...fitted.summary, ...detailSummary(fitted.shape.network), ...finished, epochs: stages.epochs },
  };
}
