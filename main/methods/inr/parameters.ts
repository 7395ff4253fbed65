import { z } from 'zod';
import { ADAM_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import { batchSizeFor } from './batch-size.ts';
import type { Schedule } from '../training/training.types.ts';

/** Settings that every network of position shares. The defaults are the published ones. */
export const fieldFields = {
  epochs: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .meta({ label: 'Epochs', help: 'How often training goes through all spots, at most.', unit: 'epochs' }),
  output: z.enum(['relu', 'mean']).default('relu').meta({
    label: 'Output',
    help: 'ReLU cuts negative values off, as published; some genes may stay at zero for ever. Mean starts every gene at its mean and learns the differences.',
    advanced: true,
  }),
  solveOutput: z.boolean().default(false).meta({
    label: 'Solve the output layer',
    help: 'At the end, the best last layer is computed exactly, each gene smoothed as much as its noise demands; it is kept if held-out spots are predicted better. Needs the output mean.',
    advanced: true,
  }),
  aspect: z.enum(['per-axis', 'keep']).default('per-axis').meta({
    label: 'Scaling of positions',
    help: 'Stretch every axis to the same range, or keep the shape of the tissue.',
    advanced: true,
  }),
  batchSize: z.int().min(0).max(65_536).default(512).meta({
    label: 'Batch size',
    help: 'Spots per step. 0 chooses about 16 steps an epoch.',
    unit: 'spots',
    advanced: true,
  }),
  learningRate: z
    .number()
    .positive()
    .max(1)
    .default(1e-4)
    .meta({
      label: 'Learning rate',
      help: 'Size of a step. Smaller is slower and safer.',
      advanced: true,
      search: { low: 1e-4, high: 1e-2, log: true },
    }),
  weightDecay: z.number().min(0).max(10).default(0).meta({
    label: 'Weight decay',
    help: 'Pulls weights towards zero, which smooths what is learned; 0 turns it off.',
    advanced: true,
  }),
  trialEpochs: z.int().min(1).max(10_000).default(60).meta({
    label: 'Epochs of a trial',
    help: 'When the detail is chosen by trial: how long each one is trained.',
    unit: 'epochs',
    advanced: true,
  }),
  heldOutShare: z.number().min(0).max(0.5).default(0).meta({
    label: 'Held-out share',
    help: 'Share of the training spots that do not train but judge the detail and when to stop.',
    advanced: true,
  }),
  patience: z.int().min(0).max(10_000).default(0).meta({
    label: 'Patience',
    help: 'Epochs without a better held-out loss before training stops and the best epoch is taken; 0 always runs all epochs.',
    unit: 'epochs',
    advanced: true,
  }),
};

type FieldSettings = z.infer<z.ZodObject<typeof fieldFields>>;

/** The schedule that these settings describe for so many spots. */
export function scheduleOf(
  parameters: Omit<FieldSettings, 'output' | 'solveOutput' | 'aspect' | 'trialEpochs'>,
  nObs: number,
): Schedule {
  const { learningRate, weightDecay } = parameters;
  return {
    ...parameters,
    batchSize: batchSizeFor(parameters.batchSize, nObs),
    adam: { ...ADAM_DEFAULTS, learningRate, weightDecay },
  };
}
