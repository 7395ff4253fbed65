import { z } from 'zod';

/** Widths of hidden layers as people write them: `128-32-16`. */
const layerWidths = z
  .string()
  .regex(/^\d{1,5}(-\d{1,5}){0,7}$/, 'expected widths joined by hyphens, such as 128-32-16');

/** The settings that every network of the autoencoder family shares. */
export const networkFields = {
  latentSize: z
    .int()
    .min(1)
    .max(256)
    .default(6)
    .meta({
      label: 'Latent dimensions',
      help: 'How many numbers describe one cell. More keep finer differences, fewer give a cleaner summary.',
      unit: 'dimensions',
      search: { low: 2, high: 64, log: true },
    }),
  hiddenLayers: layerWidths.default('128-32-16').meta({
    label: 'Hidden layers',
    help: 'Widths of the layers between the genes and the latent space; the way back mirrors them.',
    search: { choices: ['64', '128', '256', '128-32', '256-64', '512-128'] },
  }),
  epochs: z
    .int()
    .min(1)
    .max(10_000)
    .default(200)
    .meta({ label: 'Epochs', help: 'How often training goes through all cells, at most.', unit: 'epochs' }),
  inputDropout: z
    .number()
    .min(0)
    .max(0.95)
    .default(0)
    .meta({
      label: 'Input dropout',
      help: 'Share of the input values hidden from the network while it trains; it learns to infer them from the other genes.',
      search: { low: 0, high: 0.8, step: 0.1 },
    }),
  batchSize: z.int().min(1).max(65_536).default(256).meta({
    label: 'Batch size',
    help: 'Cells per step. Larger batches are faster and need more memory.',
    unit: 'cells',
    advanced: true,
  }),
  learningRate: z
    .number()
    .positive()
    .max(1)
    .default(1e-3)
    .meta({
      label: 'Learning rate',
      help: 'Size of a step. Smaller is slower and safer.',
      advanced: true,
      search: { low: 1e-4, high: 1e-2, log: true },
    }),
  decoder: z.enum(['mirrored', 'linear']).default('mirrored').meta({
    label: 'Decoder',
    help: 'Mirrored goes back through the hidden layers; linear makes every gene a weighted sum of the latent dimensions, so that distances between cells mean differences in expression.',
    advanced: true,
  }),
  firstActivation: z.enum(['linear', 'relu']).default('linear').meta({
    label: 'First layer',
    help: 'Activation after the first layer; the report prints none (linear).',
    advanced: true,
  }),
  weightDecay: z.number().min(0).max(10).default(0).meta({
    label: 'Weight decay',
    help: 'Pulls weights towards zero, which smooths what is learned; 0 turns it off.',
    advanced: true,
  }),
  heldOutShare: z.number().min(0).max(0.5).default(0).meta({
    label: 'Held-out share',
    help: 'Share of cells that do not train but judge when to stop.',
    advanced: true,
  }),
  patience: z.int().min(0).max(1000).default(0).meta({
    label: 'Patience',
    help: 'Epochs without a better held-out loss before training stops and the best epoch is taken; 0 always runs all epochs.',
    unit: 'epochs',
    advanced: true,
  }),
};

/** A way back from the latent space that does not mirror the way there. */
export const decoderLayersField = {
  decoderLayers: z
    .string()
    .regex(/^(\d{1,5}(-\d{1,5}){0,7})?$/, 'expected widths joined by hyphens, such as 80-400-800, or nothing')
    .default('')
    .meta({
      label: 'Decoder layers',
      help: 'Widths of the layers from the latent space back to the genes; empty mirrors the hidden layers.',
      advanced: true,
    }),
};

/** Settings of the variational members of the family: how spread and branches of the encoder are made. */
export const posteriorFields = {
  branches: z.boolean().default(true).meta({
    label: 'Branches',
    help: 'Gives mean and spread a hidden layer each, as the report prints; off: both sit on the same layer, as in its code.',
    advanced: true,
  }),
  spread: z.enum(['log-sd', 'log-variance']).default('log-sd').meta({
    label: 'Spread',
    help: 'What the network predicts of the spread of a cell: the report prints log σ, its code uses log σ².',
    advanced: true,
  }),
  logSdLimit: z.number().min(0).max(40).default(0).meta({
    label: 'Limit of log σ',
    help: 'Keeps log σ within ± this, so that very large inputs shake the training instead of ending it; 0 sets no limit.',
    advanced: true,
  }),
};

/** Settings of the constraint on the latent space. */
export const constraintFields = {
  beta: z
    .number()
    .min(0)
    .max(1000)
    .default(2)
    .meta({
      label: 'β',
      help: 'Weight of the term that keeps the latent space smooth and compact. 1 is the plain method; larger values give smoother, less detailed spaces.',
      search: { low: 0.01, high: 10, log: true },
    }),
  warmUpEpochs: z.int().min(0).max(10_000).default(0).meta({
    label: 'Warm-up of β',
    help: 'Epochs over which β rises from 0, so that the network first learns to rebuild the data.',
    unit: 'epochs',
    advanced: true,
  }),
};

/** `128-32-16` as numbers. */
export function widthsOf(layers: string): number[] {
  return layers.split('-').map(Number);
}
