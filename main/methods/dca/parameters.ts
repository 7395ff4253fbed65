import { z } from 'zod';
import { networkFields } from '../autoencoder/parameters.ts';

const { epochs, batchSize, learningRate, heldOutShare, patience, hiddenLayers } = networkFields;

export const dcaParametersSchema = z.object({
  likelihood: z.enum(['nb', 'zinb', 'zip', 'poisson']).default('nb').meta({
    label: 'Distribution of counts',
    help: 'Negative binomial (nb) suits UMI counts; with zero inflation (zinb) for protocols that lose whole transcripts; Poisson with (zip) or without (poisson) zero inflation for comparison.',
  }),
  dispersion: z
    .enum(['conditional', 'constant'])
    .default('conditional')
    .meta({
      label: 'Dispersion',
      help: 'How far counts spread beyond Poisson: one value per gene (constant), or one per gene and cell (conditional).',
      search: { choices: ['conditional', 'constant'] },
    }),
  hiddenLayers: hiddenLayers.default('64-32-64').meta({
    label: 'Layers',
    help: 'Widths of all layers between the genes and the heads, such as 64-32-64.',
    search: { choices: ['32-16-32', '64-32-64', '128-64-128', '256-64-256', '64-16-64'] },
  }),
  latentLayer: z.enum(['centre', 'last']).default('centre').meta({
    label: 'Latent layer',
    help: 'Which layer is taken for the latent space: the one in the middle, or the last (then the decoder is linear).',
    advanced: true,
  }),
  epochs: epochs.default(300).meta(epochs.meta()!),
  patience: patience.default(15).meta(patience.meta()!),
  ratePatience: z.int().min(0).max(1000).default(10).meta({
    label: 'Patience of the learning rate',
    help: 'Epochs without a better held-out loss before the learning rate falls to a tenth; 0 keeps it.',
    unit: 'epochs',
    advanced: true,
  }),
  heldOutShare: heldOutShare.default(0.1).meta(heldOutShare.meta()!),
  heldOutFrom: z.enum(['last', 'random']).default('last').meta({
    label: 'Held-out cells',
    help: 'Which cells judge the training: the last of the dataset, as the tool takes them, or a random choice.',
    advanced: true,
  }),
  batchSize: batchSize.default(32).meta(batchSize.meta()!),
  learningRate,
  clipGradient: z.number().min(0).max(1000).default(5).meta({
    label: 'Gradient limit',
    help: 'Every entry of a gradient is cut off there; 0 never cuts.',
    advanced: true,
  }),
  batchNorm: z.boolean().default(true).meta({
    label: 'Batch norm',
    help: 'Brings every layer to mean 0 and variance 1 in each batch, which makes training faster and steadier.',
    advanced: true,
  }),
  scaleGenes: z.boolean().default(true).meta({
    label: 'Scale the input of every gene',
    help: 'The network reads each gene with mean 0 and standard deviation 1, so that rare genes are heard, too.',
    advanced: true,
  }),
  startAtMeans: z.boolean().default(false).meta({
    label: 'Start at the gene means',
    help: 'Training begins with the mean and spread of every gene instead of one mean for all, which saves epochs.',
    advanced: true,
  }),
  ridge: z.number().min(0).max(1000).default(0).meta({
    label: 'Penalty on dropout',
    help: 'Weight of the mean squared dropout probability; larger values let fewer zeros count as dropouts.',
    advanced: true,
  }),
});
export type DcaParameters = z.infer<typeof dcaParametersSchema>;
