import { z } from 'zod';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { CostEstimate, DatasetFacts, Machine, Method, TrainContext, TrainOutcome } from '../method.ts';
import { fitPca } from './fit-pca.ts';

export const pcaParametersSchema = z.object({
  nComponents: z.int().min(1).max(200).default(30).meta({
    label: 'Components',
    help: 'Number of principal components kept. 10 to 50 are usual.',
    unit: 'components',
  }),
});
export type PcaParameters = z.infer<typeof pcaParametersSchema>;

/** PCA: the linear floor that every learned latent space has to beat. */
export const pca: Method<PcaParameters> = {
  id: 'pca',
  title: 'Principal components (PCA)',
  family: 'Classical',
  question: 'structure',
  description:
    'Finds the directions in which the cells differ most and describes each cell by its place along them. Fast, without chance, and hard to beat: always run it beside a network.',
  paper: {
    title:
      'Finding structure with randomness: probabilistic algorithms for constructing approximate matrix decompositions',
    authors: 'Halko, Martinsson, Tropp',
    year: 2011,
    venue: 'SIAM Review',
    doi: '10.1137/090771806',
  },
  parameters: pcaParametersSchema,
  presets: [
    {
      id: 'lacuna',
      title: 'Usual practice',
      description: '30 components of log-normalised values of the 2,000 most variable genes: the floor of every table.',
      normalisation: normalisationSchema.parse({
        librarySize: 'cp10k',
        log1p: true,
        variableGenes: 2000,
        scale: 'none',
      }),
      parameters: {},
    },
    {
      id: 'scaled',
      title: 'Scaled genes',
      description:
        '10 components of z-scored values of the 2,000 most variable genes, as in the tutorials of Seurat: every gene counts alike.',
      normalisation: normalisationSchema.parse({
        librarySize: 'cp10k',
        log1p: true,
        variableGenes: 2000,
        scale: 'zscore',
        clip: 10,
      }),
      parameters: { nComponents: 10 },
    },
  ],
  supports: () => ({ ok: true }),
  estimate,
  train,
};

async function train(context: TrainContext<PcaParameters>): Promise<TrainOutcome> {
  const { data } = context;
  const fitted = await fitPca(context, context.parameters.nComponents);
  const { nDim: k } = fitted.scores;
  const explained = [...fitted.variance].reduce((sum, value) => sum + value, 0) / fitted.totalVariance;
  return {
    latent: fitted.scores,
    denoised: {
      kind: 'factored',
      hidden: fitted.scores,
      weights: fitted.components,
      bias: data.geneMean.slice(),
      link: 'identity',
    },
    extras: {
      components: { nDim: data.nVar, values: fitted.components },
      explainedVariance: { nDim: 1, values: Float32Array.from(fitted.variance) },
      explainedVarianceRatio: {
        nDim: 1,
        values: Float32Array.from(fitted.variance, (value) => value / fitted.totalVariance),
      },
    },
    summary: { components: k, explainedVariance: explained, residual: fitted.residual },
  };
}

/** Memory: the data, the covariance or the batches, and some 14 blocks of vectors. Time: products and passes over the data. */
function estimate(facts: DatasetFacts, { nComponents }: PcaParameters, machine: Machine): CostEstimate {
  const { nObs, nVar, nnz } = facts;
  const block = nComponents + 10;
  const inMemory = nVar <= 4096;
  const passes = inMemory ? 2 : 9;
  const memoryBytes = 450e6 + nnz * 8 + (inMemory ? nVar * nVar * 8 : 0) + 256 * nVar * 12 + 30 * nVar * block * 4;
  const products =
    (inMemory ? nObs * nVar * nVar * 2 + 8 * nVar * nVar * block * 2 : 8 * nObs * nVar * block * 4) +
    nObs * nVar * nComponents * 2;
  return { memoryBytes, seconds: 0.5 + products / machine.flopsPerSecond + (passes * nObs * nVar * 8) / 4e9 };
}
