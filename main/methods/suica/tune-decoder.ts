import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import type { TrainContext } from '../method.ts';
import { fieldParameters, meanOutput, memberOutputs } from '../inr/field-network.ts';
import type { FittedEmbedding } from '../inr/fit-embedding.ts';
import { outputOf, outputSquaredError } from '../inr/output-layer.ts';
import { takeRows } from '../inr/output-statistics.ts';
import type { TissuePositions } from '../inr/tissue-positions.ts';
import type { Split } from '../training/split.ts';
import type { Stages } from '../training/stages.ts';
import type { LossTerms, Schedule } from '../training/training.types.ts';
import type { PseudoProbability } from './dice.ts';
import { decoderParameters, type GraphAutoencoderShape } from './graph-autoencoder.ts';
import { applyHidden } from './hidden-layers.ts';
import { reconstructionLoss } from './reconstruction-loss.ts';

/** How the last stage is trained. */
export interface TuningPlan {
  shape: GraphAutoencoderShape;
  /** `decoder` leaves the network of position as it is, as published; `all` trains both together. */
  tune: 'decoder' | 'all';
  /** `published`: equation 4; `squared`: mean squared error of all entries. */
  loss: 'published' | 'squared';
  diceWeight: number;
  pseudoProbability: PseudoProbability;
  schedule: Schedule;
  split: Split;
}

/**
 * SUICA's last stage: the decoder learns to make expression of the predicted embeddings, which differ from those it was
 * trained on.
 *
 * @param predicted [nObs, latentSize], embeddings of the run's spots by the fitted network
 * @returns decoder, output layer and the network of position, by name
 */
export async function tuneDecoder(
  context: TrainContext<unknown>,
  stages: Stages,
  positions: TissuePositions,
  fitted: FittedEmbedding,
  predicted: Float32Array,
  decoder: Record<string, Float32Array>,
  plan: TuningPlan,
): Promise<Record<string, Float32Array>> {
  const { engine, seed } = context;
  const { shape } = plan;
  const whole = plan.tune === 'all';
  const random = Random.from(seed, 'shapes');
  const parameters = withInitial(
    { ...(whole ? fieldParameters(fitted.shape, random) : {}), ...decoderParameters(shape, random) },
    { ...fitted.arrays, ...decoder },
  );
  const embeddingOf = (weights: Weights, rows: Uint32Array) => {
    if (!whole) return engine.tf.tensor2d(takeRows(predicted, shape.latentSize, rows), [rows.length, shape.latentSize]);
    const points = takeRows(positions.training, positions.nDim, rows);
    return meanOutput(engine, memberOutputs(engine, weights, fitted.fixed, fitted.shape, points));
  };
  const { arrays } = await stages.train({
    name: 'decoder',
    title: 'Tuning the decoder',
    trainable: {
      parameters,
      loss: (weights, { rows, x }): LossTerms => {
        const hidden = applyHidden(engine, weights, shape.decoder, embeddingOf(weights, rows));
        if (plan.loss === 'squared') return { total: outputSquaredError(engine, weights, shape.output, hidden, x) };
        return reconstructionLoss(engine, outputOf(engine, weights, shape.output, hidden), x, plan);
      },
    },
    schedule: { ...plan.schedule, split: plan.split },
  });
  return whole ? arrays : { ...fitted.arrays, ...arrays };
}

function withInitial(
  specs: Record<string, ParameterSpec>,
  arrays: Record<string, Float32Array>,
): Record<string, ParameterSpec> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { ...spec, initial: arrays[name] }]));
}
