import { beforeAll, describe, expect, it } from 'vitest';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { buildExpressionSource } from '../../preprocess/build-expression-source.ts';
import { fitCovariates } from '../../preprocess/covariates/fit-covariates.ts';
import { normalisationSchema, recipeSchema } from '../../preprocess/recipe.ts';
import { correctedModel } from '../counts/corrected-model.ts';
import { createDenoisedReader } from '../denoised/denoised-reader.ts';
import type { DenoisedModel, TrainOutcome } from '../method.ts';
import { zipo } from './zipo.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

const N_OBS = 240;
const N_VAR = 40;

/** Two batches, of which the second has four times as much of the first ten genes. */
function made(): CsrMatrix {
  const random = Random.from(3, 'batches');
  const indptr = new Uint32Array(N_OBS + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < N_OBS; i++) {
    for (let j = 0; j < N_VAR; j++) {
      const mean = 3 * (i % 2 === 1 && j < 10 ? 4 : 1) * (Math.floor(i / 2) % 3 === j % 3 ? 2 : 1);
      let count = 0;
      for (let product = random.uniform(); product > Math.exp(-mean); product *= random.uniform()) count++;
      if (count === 0) continue;
      indices.push(j);
      values.push(count);
    }
    indptr[i + 1] = indices.length;
  }
  return { nObs: N_OBS, nVar: N_VAR, indptr, indices: Uint32Array.from(indices), values: Float32Array.from(values) };
}

/** Ratio of the mean of a gene in the second batch to that in the first. */
function batchRatio(model: DenoisedModel, gene: number): number {
  const values = createDenoisedReader(model).gene(gene).map(Math.expm1);
  const mean = (batch: number): number => values.reduce((sum, v, i) => sum + (i % 2 === batch ? v : 0), 0);
  return mean(1) / mean(0);
}

describe('known covariates', () => {
  it('reach the decoder, and are taken out again in the corrected version', async () => {
    const recipe = recipeSchema.parse({
      normalisation: normalisationSchema.parse({ librarySize: 'median', log1p: true }),
    });
    const varNames = Array.from({ length: N_VAR }, (_, j) => `g${j}`);
    const data = await buildExpressionSource({ counts: made(), varNames, recipe });
    const batch = {
      kind: 'categorical' as const,
      name: 'batch',
      codes: Int32Array.from({ length: N_OBS }, (_, i) => i % 2),
      categories: ['one', 'two'],
      ordered: false,
    };
    const covariates = fitCovariates([batch], ['batch'], data.obsIndex).of(data.obsIndex);
    const train = (from: typeof covariates | null): Promise<TrainOutcome> =>
      zipo.train({
        data,
        covariates: from,
        // A narrow latent, so that it pays to leave to the covariates what they say already.
        parameters: zipo.parameters.parse({ hiddenLayers: '16-2', epochs: 60, batchSize: 32, patience: 0, alphaW: 0 }),
        seed: 1,
        engine,
        report: () => {},
        record: () => {},
        resumeFrom: null,
        checkpoint: () => {},
      });
    const told = await train(covariates);
    if (told.denoised.kind !== 'factored') throw new Error('expected factors');
    expect(told.latent!.nDim).toBe(2);
    expect(told.denoised.hidden.nDim).toBe(2 + 2 + 1);
    expect(batchRatio(told.denoised, 4)).toBeGreaterThan(1.5);
    const corrected = correctedModel(told.denoised, told.extras)!;
    expect(batchRatio(corrected, 4)).toBeLessThan(0.6 * batchRatio(told.denoised, 4));

    // Expected counts of a cell still add up to its library size.
    const reader = createDenoisedReader(corrected);
    const row = new Float32Array(N_VAR);
    reader.rows([7], row);
    data.undo(row, [7], 'counts');
    expect(row.reduce((sum, v) => sum + v, 0) / data.librarySize[7]).toBeCloseTo(1, 3);

    const untold = await train(null);
    expect(correctedModel(untold.denoised, untold.extras)).toBeNull();
  });
});
