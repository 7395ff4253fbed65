import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { Preset } from '../method.ts';

/** Input of STAGE: log of counts per 10,000, 3,000 variable genes. */
const STAGE_INPUT = normalisationSchema.parse({ librarySize: 'cp10k', log1p: true, variableGenes: 3000 });

export const stagePresets: readonly Preset[] = [
  {
    id: 'lacuna',
    title: 'Recommended',
    description:
      'The decoder also learns from the measured positions, genes start at their mean, last layer solved exactly, stopped when held-out spots no longer gain.',
    normalisation: STAGE_INPUT,
    parameters: {
      hiddenLayers: '512-256-64-16',
      batchNorm: false,
      projections: 100,
      measuredWeight: 1,
      output: 'mean',
      solveOutput: true,
      aspect: 'keep',
      batchSize: 256,
      learningRate: 1e-3,
      epochs: 500,
      heldOutShare: 0.1,
      patience: 30,
    },
  },
  {
    id: 'paper',
    title: 'As published',
    description: 'The settings of its public code: 1000-500-50-10, batch normalisation, ReLU output, 2,000 epochs.',
    normalisation: STAGE_INPUT,
    parameters: { epochs: 2000, learningRate: 1e-3, aspect: 'keep' },
  },
];
