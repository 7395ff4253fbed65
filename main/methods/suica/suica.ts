import { ADAM_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import { widthsOf } from '../autoencoder/parameters.ts';
import { batchSizeFor } from '../inr/batch-size.ts';
import { fieldCost, type FieldTraining } from '../inr/field-cost.ts';
import { heldOutError } from '../inr/held-out-error.ts';
import { networksToTry, networkWidths, trialEpochsOf } from '../inr/network-choice.ts';
import { SUICA_PAPER } from '../inr/papers.ts';
import { supportsPositions, tissuePositions } from '../inr/tissue-positions.ts';
import { trainRawField } from '../inr/train-raw-field.ts';
import type { CostEstimate, DatasetFacts, Machine, Method, TrainContext, TrainOutcome } from '../method.ts';
import { Stages } from '../training/stages.ts';
import type { Schedule } from '../training/training.types.ts';
import { suicaParametersSchema, type SuicaParameters } from './parameters.ts';
import { suicaPresets } from './presets.ts';
import { trainSuica } from './train-suica.ts';

/** SUICA: graph autoencoder, network of position, decoder tuned to both. */
export const suica: Method<SuicaParameters> = {
  id: 'suica',
  title: 'SUICA',
  family: 'Implicit representations',
  question: 'space',
  description:
    'Learns the whole tissue as one continuous picture: spots are first summed up together with their neighbours, then their summary is learned as a function of place and turned back into genes. Fills in missing spots and draws any gene between them.',
  paper: SUICA_PAPER,
  parameters: suicaParametersSchema,
  presets: suicaPresets,
  heldOut: heldOutError('expression', () => false),
  predictsUnseen: true,
  supports: supportsPositions,
  estimate,
  train,
};

async function train(context: TrainContext<SuicaParameters>): Promise<TrainOutcome> {
  const { nObs } = context.data;
  const parameters = {
    ...context.parameters,
    batchSize: batchSizeFor(context.parameters.batchSize, nObs),
    fieldBatch: batchSizeFor(context.parameters.fieldBatch, nObs),
  };
  const positions = await tissuePositions(context, parameters.aspect);
  const candidates = networksToTry(parameters, positions);
  const field = scheduleOf(parameters, parameters.fieldEpochs, parameters.fieldRate, parameters.fieldBatch);
  if (parameters.embedding === 'none')
    return trainRawField(context, positions, {
      candidates,
      trialEpochs: parameters.trialEpochs,
      output: parameters.output,
      solve: parameters.solveOutput,
      schedule: { ...field, batchSize: parameters.batchSize },
    });
  const tunes = parameters.tune !== 'none' && parameters.tuningEpochs > 0;
  const planned =
    parameters.autoencoderEpochs +
    trialEpochsOf(parameters) +
    parameters.fieldEpochs +
    (tunes ? parameters.tuningEpochs : 0);
  return trainSuica(context, new Stages(context, planned), positions, {
    ...parameters,
    neighbours: parameters.embedding === 'plain' ? 1 : parameters.neighbours,
    widths: widthsOf(parameters.hiddenLayers),
    solve: parameters.solveOutput,
    autoencoder: {
      loss: parameters.autoencoderLoss,
      inputDropout: parameters.inputDropout,
      schedule: scheduleOf(parameters, parameters.autoencoderEpochs, parameters.autoencoderRate, parameters.batchSize),
    },
    field: {
      candidates,
      trialEpochs: parameters.trialEpochs,
      members: parameters.members,
      addAbsolute: parameters.embeddingLoss === 'both',
      schedule: field,
    },
    tuning:
      parameters.tune === 'none' || !tunes
        ? null
        : {
            tune: parameters.tune,
            loss: parameters.tuningLoss,
            diceWeight: parameters.diceWeight,
            pseudoProbability: parameters.pseudoProbability,
            schedule: scheduleOf(parameters, parameters.tuningEpochs, parameters.tuningRate, parameters.batchSize),
          },
  });
}

function scheduleOf(
  { heldOutShare, patience, weightDecay }: SuicaParameters,
  epochs: number,
  learningRate: number,
  batchSize: number,
): Schedule {
  return { epochs, batchSize, heldOutShare, patience, adam: { ...ADAM_DEFAULTS, learningRate, weightDecay } };
}

function estimate(facts: DatasetFacts, parameters: SuicaParameters, machine: Machine): CostEstimate {
  const { members, latentSize } = parameters;
  const batchSize = batchSizeFor(parameters.batchSize, facts.nObs);
  const fieldBatch = batchSizeFor(parameters.fieldBatch, facts.nObs);
  const fieldEpochs = parameters.fieldEpochs + trialEpochsOf(parameters);
  const fieldWidths = networkWidths(parameters);
  if (parameters.embedding === 'none')
    return fieldCost(facts, machine, [{ widths: fieldWidths, batchSize, epochs: fieldEpochs }]);
  const encoder = widthsOf(parameters.hiddenLayers);
  const decoder = [latentSize, ...[...encoder].reverse()];
  const trainings: FieldTraining[] = [
    { widths: [facts.nVar, ...encoder, ...decoder], batchSize, epochs: parameters.autoencoderEpochs },
    { widths: decoder, batchSize, epochs: parameters.tune === 'none' ? 0 : parameters.tuningEpochs },
  ];
  const field = fieldCost({ ...facts, nVar: latentSize, nnz: 0 }, machine, [
    { widths: fieldWidths, batchSize: fieldBatch, epochs: fieldEpochs * members },
  ]);
  const whole = fieldCost(facts, machine, trainings);
  return { memoryBytes: Math.max(whole.memoryBytes, field.memoryBytes), seconds: whole.seconds + field.seconds };
}
