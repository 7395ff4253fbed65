import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { drawDirections, slicedWasserstein } from '../../engine/losses/sliced-wasserstein.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { finishOutput } from '../inr/finish-output.ts';
import { createOutputLayer, handOutOutput, outputOf, type OutputKind } from '../inr/output-layer.ts';
import { takeRows } from '../inr/output-statistics.ts';
import { packField, runField, type FieldConfig } from '../inr/predict-at.ts';
import type { TissuePositions } from '../inr/tissue-positions.ts';
import type { DenoisedModel, DenseOutput, TrainContext, TrainOutcome } from '../method.ts';
import { collectMoments, collectRows } from '../suica/embed-spots.ts';
import { applyHidden, foldHidden } from '../suica/hidden-layers.ts';
import { absoluteError } from '../suica/reconstruction-loss.ts';
import { weightTensors } from '../suica/weight-tensors.ts';
import { createBatchFiller } from '../training/batches.ts';
import { splitObservations } from '../training/split.ts';
import { trainNetwork } from '../training/train-network.ts';
import type { Batch, LossTerms, Schedule } from '../training/training.types.ts';
import { placeOf, stageParameters, stageShape, type StageShape } from './network.ts';

/** The weights of STAGE's loss; see `stageLoss`. */
export interface StageWeights {
  position: number;
  wasserstein: number;
  expression: number;
  absolute: number;
  measured: number;
  /** Directions of the sliced Wasserstein distance. */
  projections: number;
}

export interface StagePlan {
  widths: readonly number[];
  batchNorm: boolean;
  output: OutputKind;
  /** Whether the output layer is solved in closed form at the end; only with the output `mean`. */
  solve: boolean;
  weights: StageWeights;
  schedule: Schedule;
}

/** Trains STAGE and predicts all spots by the decoder, from their positions. */
export async function trainStage(
  context: TrainContext<unknown>,
  positions: TissuePositions,
  plan: StagePlan,
): Promise<TrainOutcome> {
  const { engine, data, seed, signal, report } = context;
  const { schedule } = plan;
  const split = splitObservations(data.nObs, schedule.heldOutShare, seed);
  const output = createOutputLayer(plan.output, plan.widths[0], data);
  const shape = stageShape(positions.nDim, plan.widths, plan.batchNorm, output);
  const { normalisation } = data.recipe;
  const input = inputOf(engine, !normalisation.log1p && normalisation.scale === 'none');

  const { store, summary } = await trainNetwork(
    context,
    {
      parameters: stageParameters(shape, Random.from(seed, 'weights')),
      loss: (weights, batch) => {
        const at = engine.tf.tensor2d(takeRows(positions.training, shape.nDim, batch.rows), [
          batch.rows.length,
          shape.nDim,
        ]);
        return stageLoss(engine, weights, shape, plan.weights, { ...batch, input: input(batch.x), at });
      },
    },
    // What counts is the expression that the decoder makes of a position it never saw.
    { ...schedule, split, watch: 'measured' },
  );
  const arrays = store.weights();
  store.dispose();

  const plain = plan.batchNorm ? await foldStage(context, positions, shape, plan, arrays, input) : arrays;
  const config: Omit<FieldConfig, 'scale'> = {
    shape: { network: { nDim: shape.nDim, encoding: { kind: 'plain' }, hidden: [] }, members: 1, nOut: null },
    decoder: shape.decoder.widths,
  };
  const decoder = Object.fromEntries(Object.entries(plain).filter(([name]) => name.startsWith('decoder/')));
  const task = { signal, report };
  const { hidden } = await runField(engine, config, decoder, positions.training, task);
  let last = handOutOutput(output, plain);
  let finished: Record<string, number> = {};
  if (plan.solve && plan.output === 'mean')
    ({ output: last, summary: finished } = await finishOutput(engine, data, hidden, split, last, task));
  const modelOf = (activations: DenseOutput): DenoisedModel => ({
    kind: 'factored',
    hidden: activations,
    ...last,
    link: plan.output === 'relu' ? 'relu' : 'identity',
  });
  return {
    latent: await placesOf(context, shape, schedule.batchSize, plain, input),
    denoised: modelOf(hidden),
    predicted: positions.unseen
      ? modelOf((await runField(engine, config, decoder, positions.unseen, task)).hidden)
      : null,
    field: packField(positions.name, { ...config, scale: positions.scale }, decoder),
    extras: {},
    summary: { ...summary, ...finished },
  };
}

/**
 * `position · (|z − p| + wasserstein · SW(z, p)) + expression · (E(z) + measured · E(p))` with the encoder's position z, the
 * measured position p and `E = squared + absolute · |·|` of the expression that the decoder makes of a position; all errors are
 * means over entries (Li et al. 2024, with `measured` = 0).
 */
export function stageLoss(
  engine: Engine,
  weights: Weights,
  shape: StageShape,
  factors: StageWeights,
  { input, x, at, training, random }: Pick<Batch, 'x' | 'training' | 'random'> & { input: Tensor2D; at: Tensor2D },
): LossTerms {
  const { tf } = engine;
  const z = placeOf(engine, weights, shape, input);
  const position = absoluteError(engine, z, at);
  const wasserstein = slicedWasserstein(engine, z, at, drawDirections(shape.nDim, factors.projections, random));
  const decode = (from: Tensor2D): Tensor2D =>
    outputOf(engine, weights, shape.output, applyHidden(engine, weights, shape.decoder, from));
  const errorsOf = (predicted: Tensor2D): { squared: Scalar; both: Scalar } => {
    const squared = tf.mean(tf.squaredDifference(predicted, x)) as Scalar;
    return { squared, both: tf.add(squared, tf.mul(absoluteError(engine, predicted, x), factors.absolute)) };
  };
  const { squared, both } = errorsOf(decode(z));
  const places = tf.add(position, tf.mul(wasserstein, factors.wasserstein));
  const total = tf.add(tf.mul(places, factors.position), tf.mul(both, factors.expression)) as Scalar;
  const terms = { total, position, wasserstein, squared };
  if (factors.measured === 0 && training) return terms;
  const measured = errorsOf(decode(at));
  const added = tf.mul(measured.both, factors.expression * factors.measured);
  return { ...terms, total: tf.add(total, added), measured: measured.squared };
}

/** What the encoder reads: the logarithm, where the recipe takes none; the loss compares with the data as they are. */
function inputOf({ tf }: Engine, takeLog: boolean): (x: Tensor2D) => Tensor2D {
  return (x) => (takeLog ? tf.log1p(tf.relu(x)) : x);
}

/** All layers without normalisation: by the average moments of batches as in training. */
async function foldStage(
  { engine, data, signal }: TrainContext<unknown>,
  positions: TissuePositions,
  shape: StageShape,
  plan: StagePlan,
  arrays: Record<string, Float32Array>,
  input: (x: Tensor2D) => Tensor2D,
): Promise<Record<string, Float32Array>> {
  const { batchSize } = plan.schedule;
  const filler = createBatchFiller(engine, data, Math.min(batchSize, data.nObs));
  const weights = weightTensors(engine, arrays);
  // Neighbouring spots are alike, and batches of training are not: the rows are mixed.
  const order = Random.from(0, 'moments').shuffle(Uint32Array.from({ length: data.nObs }, (_, i) => i));
  const moments = await collectMoments(
    { engine, weights, nObs: data.nObs, batchSize, signal },
    (tensors, rows, seen) => {
      const mixed = rows.map((row) => order[row]);
      const z = placeOf(engine, tensors, shape, input(filler.fill(mixed)), seen);
      const measured = takeRows(positions.training, shape.nDim, mixed);
      const from = plan.weights.measured > 0 ? engine.tf.tensor2d(measured, [mixed.length, shape.nDim]) : z;
      applyHidden(engine, tensors, shape.decoder, from, seen);
    },
  ).finally(() => engine.tf.dispose(Object.values(weights)));
  return foldHidden(shape.decoder, foldHidden(shape.encoder, arrays, moments), moments);
}

/** Where the encoder puts every spot, in scaled coordinates: [nObs, nDim]. */
async function placesOf(
  { engine, data, signal }: TrainContext<unknown>,
  shape: StageShape,
  batchSize: number,
  plain: Record<string, Float32Array>,
  input: (x: Tensor2D) => Tensor2D,
): Promise<DenseOutput> {
  const filler = createBatchFiller(engine, data, Math.min(batchSize, data.nObs));
  const weights = weightTensors(
    engine,
    Object.fromEntries(Object.entries(plain).filter(([name]) => name.startsWith('encoder/'))),
  );
  const encoder = { ...shape.encoder, norm: false };
  const values = await collectRows({ engine, weights, nObs: data.nObs, batchSize, signal }, shape.nDim, (w, rows) =>
    placeOf(engine, w, { encoder }, input(filler.fill(rows))),
  ).finally(() => engine.tf.dispose(Object.values(weights)));
  return { nDim: shape.nDim, values };
}
