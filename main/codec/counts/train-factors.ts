import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { Engine } from '../../engine/engine.ts';
import { dca } from '../../methods/dca/dca.ts';
import { buildExpressionSource } from '../../preprocess/build-expression-source.ts';
import { recipeSchema } from '../../preprocess/recipe.ts';
import type { CountFactors } from './count-factors.ts';

export interface NetworkOptions {
  /** Width of the last hidden layer: the factors of the cells. */
  nFactors: number;
  epochs: number;
  seed: number;
}

/**
 * Trains the deep count autoencoder (negative binomial, one dispersion per gene) with its narrow layer last, so that its mean is
 * `exp(hidden · weights + base) · size`: a form that a decoder can work out in whole numbers. The encoder stays behind; what it found
 * of each cell is what the file carries.
 */
export async function trainFactors(
  engine: Engine,
  counts: CsrMatrix,
  options: NetworkOptions,
  task: LongTask,
): Promise<CountFactors> {
  const [preset] = dca.presets;
  const data = await buildExpressionSource(
    {
      counts,
      varNames: Array.from({ length: counts.nVar }, (_, j) => `${j}`),
      recipe: recipeSchema.parse({ normalisation: preset.normalisation }),
    },
    { signal: task.signal },
  );
  const { denoised } = await dca.train({
    data,
    parameters: dca.parameters.parse({
      ...preset.parameters,
      hiddenLayers: `128-${options.nFactors}`,
      latentLayer: 'last',
      epochs: options.epochs,
      batchSize: Math.min(128, Math.max(16, Math.floor(counts.nObs / 16))),
    }),
    seed: options.seed,
    engine,
    signal: task.signal,
    report: (progress) => task.report?.({ ...progress, stage: 'Training the count model' }),
    record: () => {},
    resumeFrom: null,
    checkpoint: () => {},
  });
  if (denoised.kind !== 'factored') throw new TypeError('The count autoencoder ends in a linear layer.');
  const { hidden, weights } = denoised;
  const { nFactors } = options;
  const cell = new Float32Array(counts.nObs * nFactors);
  // A further column may hold the size of the cell, which the file carries by itself.
  for (let i = 0; i < counts.nObs; i++)
    cell.set(hidden.values.subarray(i * hidden.nDim, i * hidden.nDim + nFactors), i * nFactors);
  const gene = new Float32Array(counts.nVar * nFactors);
  for (let k = 0; k < nFactors; k++)
    for (let j = 0; j < counts.nVar; j++) gene[j * nFactors + k] = weights[k * counts.nVar + j];
  return { nFactors, cell, gene };
}
