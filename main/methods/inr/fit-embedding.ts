import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import type { TrainContext } from '../method.ts';
import type { Split } from '../training/split.ts';
import type { Stages } from '../training/stages.ts';
import type { Batch, LossTerms, Schedule, Trainable } from '../training/training.types.ts';
import { bestDetail } from './choose-detail.ts';
import {
  fieldFixed,
  fieldParameters,
  meanOutput,
  memberOutputs,
  unstandardiseOutputs,
  type FieldShape,
} from './field-network.ts';
import type { CoordinateShape, FixedArrays } from './network/coordinate-network.ts';
import { takeRows } from './output-statistics.ts';
import type { TissuePositions } from './tissue-positions.ts';

/** A coordinate network to fit to embeddings. */
export interface EmbeddingPlan {
  /** Networks to choose from by held-out spots, coarse to fine. */
  candidates: readonly CoordinateShape[];
  trialEpochs: number;
  members: number;
  /** [nObs, nOut] */
  embedding: Float32Array;
  nOut: number;
  /** Whether the absolute error is added to the squared one, as the published code does. */
  addAbsolute: boolean;
  schedule: Schedule;
  split: Split;
  /** Error of the expression that is decoded from these predicted embeddings, for held-out rows; decides the detail and when to stop. */
  judge: (predicted: Tensor2D, rows: Uint32Array) => Scalar;
}

/** A fitted network: arrays in the embedding's own units. */
export interface FittedEmbedding {
  shape: FieldShape;
  arrays: Record<string, Float32Array>;
  fixed: FixedArrays;
  summary: Record<string, number>;
}

/** Fits position → embedding (SUICA, equation 2): mean squared error on standardised embeddings. */
export async function fitEmbedding(
  context: TrainContext<unknown>,
  stages: Stages,
  positions: TissuePositions,
  plan: EmbeddingPlan,
): Promise<FittedEmbedding> {
  const { engine, seed } = context;
  const { tf } = engine;
  const { candidates, embedding, nOut, members, split } = plan;
  const { mean, sd } = moments(embedding, nOut, split.training);
  const standard = embedding.map((value, k) => (value - mean[k % nOut]) / sd[k % nOut]);
  const data = {
    nObs: embedding.length / nOut,
    nVar: nOut,
    denseBatch: (rows: ArrayLike<number>, out: Float32Array) => out.set(takeRows(standard, nOut, rows)),
  };

  const trainableOf = (network: CoordinateShape): { shape: FieldShape; fixed: FixedArrays; trainable: Trainable } => {
    const shape: FieldShape = { network, members, nOut };
    const fixed = fieldFixed(shape, Random.from(seed, 'frequencies'));
    const loss = (weights: Weights, { rows, x, training }: Batch): LossTerms => {
      const points = takeRows(positions.training, positions.nDim, rows);
      const outputs = memberOutputs(engine, weights, fixed, shape, points);
      // Members learn independently of one another: each has an error of its own.
      const errors = outputs.map((output) => {
        const squared = tf.mean(tf.squaredDifference(output, x));
        return plan.addAbsolute ? tf.add(squared, tf.mean(tf.abs(tf.sub(output, x)))) : squared;
      });
      const total = tf.addN(errors) as Scalar;
      const embeddingError = tf.div(total, members) as Scalar;
      if (training) return { total, embedding: embeddingError };
      const predicted = tf.add(tf.mul(meanOutput(engine, outputs), tf.tensor1d(sd.slice())), tf.tensor1d(mean.slice()));
      return { total, embedding: embeddingError, expression: plan.judge(predicted as Tensor2D, rows) };
    };
    return {
      shape,
      fixed,
      trainable: { parameters: fieldParameters(shape, Random.from(seed, 'field weights')), loss },
    };
  };

  let chosen = 0;
  if (candidates.length > 1) {
    const losses: number[] = [];
    for (const [i, network] of candidates.entries()) {
      const { summary } = await stages.train({
        name: `detail ${i}`,
        title: `Choosing the detail, trial ${i + 1} of ${candidates.length}`,
        trainable: trainableOf(network).trainable,
        schedule: { ...plan.schedule, epochs: plan.trialEpochs, split, watch: 'expression' },
        data,
        keep: () => Promise.resolve({}),
      });
      losses.push(summary.heldOutLoss ?? NaN);
    }
    chosen = bestDetail(losses);
  }
  const { shape, fixed, trainable } = trainableOf(candidates[chosen]);
  const { arrays, summary } = await stages.train({
    name: 'embedding',
    title: 'Learning the embedding from positions',
    trainable,
    schedule: { ...plan.schedule, split, watch: 'expression' },
    data,
  });
  return { shape, fixed, arrays: unstandardiseOutputs(shape, arrays, mean, sd), summary };
}

function moments(values: Float32Array, nOut: number, rows: Uint32Array): { mean: Float32Array; sd: Float32Array } {
  const mean = new Float64Array(nOut);
  const square = new Float64Array(nOut);
  for (const row of rows)
    for (let d = 0; d < nOut; d++) {
      mean[d] += values[row * nOut + d] / rows.length;
      square[d] += values[row * nOut + d] ** 2 / rows.length;
    }
  // A dimension that never changes is learned at once, in any unit.
  const sd = mean.map((m, d) => Math.sqrt(Math.max(0, square[d] - m * m)) || 1);
  return { mean: Float32Array.from(mean), sd: Float32Array.from(sd) };
}
