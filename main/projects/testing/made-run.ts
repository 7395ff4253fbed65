import { recipeSchema } from '../../preprocess/recipe.ts';
import type { RunOutcome, RunSpec } from '../project.types.ts';

/** A run as a wizard would ask for it. */
export function madeSpec(datasetId: number, changes: Partial<RunSpec> = {}): RunSpec {
  return {
    datasetId,
    method: 'vae',
    preset: 'paper',
    parameters: { latent: 6, layers: [128, 32], nested: { beta: 0.5 }, note: null },
    recipe: recipeSchema.parse({ normalisation: { librarySize: 'median', variableGenes: 2000 } }),
    seed: 1,
    protocol: { heldOut: 0.1 },
    ...changes,
  };
}

/** A small result of a run on `nObs` observations and `nVar` variables; numbers follow from `seed`. */
export function madeOutcome(nObs: number, nVar: number, seed = 0): RunOutcome {
  const numbers = (n: number): Float32Array =>
    Float32Array.from({ length: n }, (_, i) => Math.fround(Math.sin(seed + i)));
  return {
    latent: { nDim: 6, values: numbers(6 * nObs) },
    denoised: {
      kind: 'factored',
      hidden: { nDim: 3, values: numbers(3 * nObs) },
      weights: numbers(3 * nVar),
      bias: numbers(nVar),
      link: 'softplus',
    },
    extras: { 'explained variance': { nDim: 1, values: numbers(6) }, loadings: { nDim: 6, values: numbers(6 * nVar) } },
    summary: { epochs: 12, heldOutLoss: 0.25, undefinedLoss: NaN, worst: -Infinity },
    obsIndex: Uint32Array.from({ length: nObs }, (_, i) => 2 * i),
    varIndex: Uint32Array.from({ length: nVar }, (_, i) => 3 * i),
  };
}
