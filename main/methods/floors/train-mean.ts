import { z } from 'zod';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { DenoisedModel, Method } from '../method.ts';

/** The input of the floors: log-normalised values of all genes. */
export const FLOOR_INPUT = normalisationSchema.parse({
  librarySize: 'cp10k',
  log1p: true,
  variableGenes: null,
  scale: 'none',
});

/** Floor: every cell is predicted to be the average cell. */
export const trainMean: Method<Record<string, never>> = {
  id: 'train-mean',
  title: 'Mean of all cells',
  family: 'Floors',
  question: 'floor',
  description:
    'Predicts the same average expression for every cell. A method that does not beat it has learned nothing; it is here to show how good "nothing" looks in a score.',
  paper: null,
  parameters: z.object({}),
  presets: [
    {
      id: 'lacuna',
      title: 'Default',
      description: 'Log-normalised values of all genes.',
      normalisation: FLOOR_INPUT,
      parameters: {},
    },
  ],
  supports: () => ({ ok: true }),
  estimate: (facts) => ({ memoryBytes: 150e6 + facts.nnz * 8 + facts.nVar * 16, seconds: 0.1 }),
  predictsUnseen: true,
  train: async ({ data, unseen, report }) => {
    report({ stage: 'Averaging', fraction: 1 });
    const mean: DenoisedModel = {
      kind: 'factored',
      hidden: { nDim: 0, values: new Float32Array(0) },
      weights: new Float32Array(0),
      bias: data.geneMean.slice(),
      link: 'identity',
    };
    return { latent: null, denoised: mean, predicted: unseen ? mean : null, extras: {}, summary: {} };
  },
};
