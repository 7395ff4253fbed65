import { Random } from '../../engine/random/random.ts';
import type { DenseOutput, TrainContext, TrainOutcome } from '../method.ts';
import { splitObservations } from '../training/split.ts';
import { Stages } from '../training/stages.ts';
import type { Schedule, Trainable } from '../training/training.types.ts';
import { bestDetail } from './choose-detail.ts';
import { detailSummary } from './detail-summary.ts';
import { fieldFixed, fieldParameters, meanOutput, memberOutputs, type FieldShape } from './field-network.ts';
import { finishOutput } from './finish-output.ts';
import type { CoordinateShape } from './network/coordinate-network.ts';
import {
  createOutputLayer,
  handOutOutput,
  outputParameters,
  outputSquaredError,
  type OutputKind,
  type OutputLayer,
} from './output-layer.ts';
import { takeRows } from './output-statistics.ts';
import { packField, runField } from './predict-at.ts';
import type { TissuePositions } from './tissue-positions.ts';

/** A network from position straight to expression, and how to train it. */
export interface RawFieldPlan {
  /** Networks to choose from by held-out observations, coarse to fine; one needs no choice. */
  candidates: readonly CoordinateShape[];
  /** Epochs of each trial. */
  trialEpochs: number;
  output: OutputKind;
  /** Whether the output layer is solved in closed form at the end; only with the output `mean`. */
  solve: boolean;
  schedule: Schedule;
}

/** Trains a coordinate network on raw expression and predicts the unseen observations. */
export async function trainRawField(
  context: TrainContext<unknown>,
  positions: TissuePositions,
  plan: RawFieldPlan,
): Promise<TrainOutcome> {
  const { engine, data, seed, signal, report } = context;
  const { candidates, schedule, trialEpochs } = plan;
  const split = splitObservations(data.nObs, schedule.heldOutShare, seed);
  const choosing = candidates.length > 1;
  const stages = new Stages(context, schedule.epochs + (choosing ? candidates.length * trialEpochs : 0));

  const trainableOf = (
    network: CoordinateShape,
  ): Trainable & { layer: OutputLayer; fixed: Record<string, Float32Array> } => {
    const shape: FieldShape = { network, members: 1, nOut: null };
    const layer = createOutputLayer(plan.output, network.hidden[network.hidden.length - 1], data);
    const fixed = fieldFixed(shape, Random.from(seed, 'frequencies'));
    const random = Random.from(seed, 'weights');
    return {
      layer,
      fixed,
      parameters: { ...fieldParameters(shape, random), ...outputParameters(layer, random) },
      loss: (weights, { x, rows }) => {
        const points = takeRows(positions.training, positions.nDim, rows);
        const hidden = meanOutput(engine, memberOutputs(engine, weights, fixed, shape, points));
        return { total: outputSquaredError(engine, weights, layer, hidden, x) };
      },
    };
  };

  let chosen = 0;
  if (choosing) {
    const losses: number[] = [];
    for (const [i, network] of candidates.entries()) {
      const { summary } = await stages.train({
        name: `detail ${i}`,
        title: `Choosing the detail, trial ${i + 1} of ${candidates.length}`,
        trainable: trainableOf(network),
        schedule: { ...schedule, epochs: trialEpochs, split },
        keep: () => Promise.resolve({}),
      });
      losses.push(summary.heldOutLoss ?? NaN);
    }
    chosen = bestDetail(losses);
  }
  const network = candidates[chosen];
  const trainable = trainableOf(network);
  const { arrays, summary } = await stages.train({
    name: 'field',
    title: 'Training',
    trainable,
    schedule: { ...schedule, split },
  });

  const config = { shape: { network, members: 1, nOut: null }, decoder: [] };
  const all = { ...arrays, ...trainable.fixed };
  const task = { signal, report };
  const { hidden } = await runField(engine, config, all, positions.training, task);
  let output = handOutOutput(trainable.layer, arrays);
  let finished: Record<string, number> = {};
  if (plan.solve && plan.output === 'mean')
    ({ output, summary: finished } = await finishOutput(engine, data, hidden, split, output, task));
  const link = plan.output === 'relu' ? 'relu' : 'identity';
  const modelOf = (activations: DenseOutput) =>
    ({ kind: 'factored' as const, hidden: activations, ...output, link }) as const;
  return {
    latent: null,
    denoised: modelOf(hidden),
    predicted: positions.unseen ? modelOf((await runField(engine, config, all, positions.unseen, task)).hidden) : null,
    field: packField(
      positions.name,
      { ...config, scale: positions.scale },
      Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('inr/'))),
    ),
    extras: {},
    summary: { ...summary, ...detailSummary(network), ...finished, epochs: stages.epochs },
  };
}
