import { z } from 'zod';
import { fieldFields } from '../inr/parameters.ts';
import { widthsField } from '../inr/widths.ts';

const weight = z.number().min(0).max(1000);

export const stageParametersSchema = z
  .object({
    hiddenLayers: widthsField.default('1000-500-50-10').meta({
      label: 'Hidden layers',
      help: 'Widths of the layers from the genes to the position; the way back mirrors them.',
      search: { choices: ['1000-500-50-10', '512-256-64-16', '256-128-32', '128-32'] },
    }),
    batchNorm: z.boolean().default(true).meta({
      label: 'Batch normalisation',
      help: 'Normalises every hidden layer by the mean and spread of its batch, as published.',
      advanced: true,
    }),
    projections: z.int().min(1).max(10_000).default(1000).meta({
      label: 'Projections',
      help: 'Directions along which predicted and true positions are compared as sets (sliced Wasserstein distance).',
      unit: 'directions',
      advanced: true,
    }),
    positionWeight: weight.default(0.1).meta({
      label: 'Weight of the positions',
      help: 'How much it counts that the summary of a spot is its position.',
      search: { low: 0.01, high: 1, log: true },
      advanced: true,
    }),
    wassersteinWeight: weight.default(0.1).meta({
      label: 'Weight of the set of positions',
      help: 'Share of the sliced Wasserstein distance in the loss of the positions.',
      advanced: true,
    }),
    expressionWeight: weight.default(0.01).meta({
      label: 'Weight of the expression',
      help: 'How much it counts that the expression comes back.',
      advanced: true,
    }),
    absoluteWeight: weight.default(0.1).meta({
      label: 'Weight of the absolute error',
      help: 'Share of the absolute error of the expression, beside its squared error.',
      advanced: true,
    }),
    measuredWeight: weight.default(0).meta({
      label: 'Weight at measured positions',
      help: 'How much it counts that the decoder makes the expression of the measured position, not only of the position that the encoder found. 0 as published.',
      search: { low: 0.1, high: 10, log: true },
      advanced: true,
    }),
    ...fieldFields,
    batchSize: z
      .int()
      .min(1)
      .max(65_536)
      .default(512)
      .meta({ label: 'Batch size', help: 'Spots per step.', unit: 'spots', advanced: true }),
  })
  .omit({ trialEpochs: true });
export type StageParameters = z.infer<typeof stageParametersSchema>;
