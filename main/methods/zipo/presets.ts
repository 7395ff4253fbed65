import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { Preset } from '../method.ts';

/** The counts of each cell, in logarithms; nothing is divided by the library size, which the network is to predict. */
const COUNTS = normalisationSchema.parse({ librarySize: 'none', log1p: true, scale: 'none' });
const LIBRARY_FREE = normalisationSchema.parse({ librarySize: 'median', log1p: true, scale: 'none' });

export const zipoPresets: readonly Preset[] = [
  {
    id: 'lacuna',
    title: 'Recommended',
    description:
      'Negative binomial with dropouts and one dispersion per gene, the library size as counted, a small encoder that learns with a quarter of its input hidden, and training started at the mean and spread of every gene.',
    normalisation: LIBRARY_FREE,
    parameters: {
      likelihood: 'zinb',
      dispersion: 'constant',
      library: 'observed',
      hiddenLayers: '256-32',
      alphaW: 0.001,
      initialRate: 0.003,
      startAtMeans: true,
      inputDropout: 0.25,
      weightDecay: 0.5,
      batchSize: 64,
      patience: 15,
    },
  },
  {
    id: 'paper',
    title: 'As in the paper',
    description:
      'Zero-inflated Poisson, 2048-1024-512-256-128 with all residuals, library size predicted, α_z = α_w = 0.1.',
    normalisation: COUNTS,
    parameters: {},
  },
  {
    id: 'zinb',
    title: 'ZiPo with ZINB',
    description:
      'The same with a zero-inflated negative binomial and the penalty on the library size that the paper adds for it.',
    normalisation: COUNTS,
    parameters: { likelihood: 'zinb', libraryPenalty: 0.1, alphaTheta: 0.1 },
  },
  {
    id: 'no-residuals',
    title: 'Without residuals',
    description: 'The settings of the paper without residual connections, as in its comparison of encoders.',
    normalisation: COUNTS,
    parameters: { residuals: false },
  },
];
