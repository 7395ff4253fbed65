import { z } from 'zod';
import { networkFields } from '../autoencoder/parameters.ts';

const { epochs, batchSize, learningRate, heldOutShare, patience, hiddenLayers, inputDropout } = networkFields;
const penalty = z.number().min(0).max(1e9);

export const zipoParametersSchema = z.object({
  likelihood: z.enum(['zip', 'zinb', 'nb']).default('zip').meta({
    label: 'Distribution of counts',
    help: 'Zero-inflated Poisson (zip), zero-inflated negative binomial (zinb) for counts that spread beyond Poisson, or the negative binomial without dropouts (nb).',
  }),
  hiddenLayers: hiddenLayers.default('2048-1024-512-256-128').meta({
    label: 'Encoder layers',
    help: 'Widths from the genes to the latent space; the last is the number of latent dimensions.',
    // The five structures that the paper searches (section III-H).
    search: {
      choices: ['2048-1024-512-256-128', '1024-512-256-128', '1024-512-256-128-64', '512-256-128', '512-256-128-64'],
    },
  }),
  residuals: z.boolean().default(true).meta({
    label: 'Residual connections',
    help: 'Every encoding layer also reaches the latent layer directly, which keeps deep encoders trainable.',
  }),
  library: z.enum(['predicted', 'observed']).default('predicted').meta({
    label: 'Library size',
    help: 'Predicted from the latent variables, as published, or taken as counted in each cell.',
  }),
  covariates: z.string().max(2000).default('').meta({
    label: 'Known covariates',
    help: 'Columns of the cells (batch, donor, age …) that the decoder is told, so that the latent need not hold them. Denoised values are then also given as if all cells were alike in them.',
    columns: 'obs',
  }),
  alphaZ: penalty.default(0.1).meta({
    label: 'Penalty on dropout (α_z)',
    help: 'Larger values let fewer zeros count as dropouts; 0 overestimates expression.',
    search: { low: 0.01, high: 1, log: true },
  }),
  alphaW: penalty.default(0.1).meta({
    label: 'Penalty on first-layer weights (α_w)',
    help: 'Larger values leave fewer genes to each neuron of the first layer.',
    search: { low: 0.01, high: 1, log: true },
  }),
  dispersion: z.enum(['conditional', 'constant']).default('conditional').meta({
    label: 'Dispersion',
    help: 'Of the negative binomial: one value per gene and cell (conditional), or one per gene (constant).',
    advanced: true,
  }),
  alphaTheta: penalty.default(0).meta({
    label: 'Penalty on overdispersion (α_θ)',
    help: 'Of the negative binomial: larger values draw it towards Poisson.',
    advanced: true,
  }),
  libraryPenalty: penalty.default(0).meta({
    label: 'Penalty on the library size',
    help: 'Weight of the squared difference between predicted and counted library size, in counts; the paper takes 0.1 with the negative binomial.',
    advanced: true,
  }),
  pruneBelow: z.number().min(0).max(1).default(1e-4).meta({
    label: 'Prune below (δ)',
    help: 'First-layer weights smaller than this share of the largest of their neuron are set to zero at the end.',
    advanced: true,
  }),
  epochs: epochs.default(300).meta(epochs.meta()!),
  patience: patience.default(30).meta(patience.meta()!),
  ratePatience: z.int().min(0).max(1000).default(15).meta({
    label: 'Patience of the learning rate',
    help: 'Epochs without a gain of 0.1 % before the learning rate falls to a tenth; 0 keeps it.',
    unit: 'epochs',
    advanced: true,
  }),
  initialRate: z.number().positive().max(1).default(0.0212).meta({
    label: 'First learning rate',
    help: 'The learning rate starts here and falls by a tenth every epoch until it reaches the learning rate.',
    advanced: true,
  }),
  learningRate,
  batchSize: batchSize.default(256).meta(batchSize.meta()!),
  heldOutShare: heldOutShare.default(0.1).meta(heldOutShare.meta()!),
  inputDropout: inputDropout.default(0).meta(inputDropout.meta()!),
  weightDecay: z.number().min(0).max(10).default(0).meta({
    label: 'Weight decay',
    help: 'Every step takes this share of the learning rate from all weights; larger values keep rare genes nearer to their mean.',
    advanced: true,
  }),
  startAtMeans: z.boolean().default(false).meta({
    label: 'Start at the gene means',
    help: 'Training begins with the mean and spread of every gene and few dropouts, which saves epochs.',
    advanced: true,
  }),
});
export type ZipoParameters = z.infer<typeof zipoParametersSchema>;
