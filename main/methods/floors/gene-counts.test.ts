import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import { countModelOf } from '../counts/count-model.ts';
import { madeCounts } from '../counts/fixtures/made-counts.ts';
import { geneNbNll } from '../counts/fixtures/gene-nb-nll.ts';
import { trainOn } from '../counts/fixtures/train-on.ts';
import { measureLikelihood } from '../counts/measure-likelihood.ts';
import { geneFacts } from '../counts/gene-facts.ts';
import { fitDispersion } from './fit-dispersion.ts';
import { geneNb, genePoisson } from './gene-counts.ts';
import { LogSums } from './log-sums.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

const made = () =>
  madeCounts({
    nObs: 300,
    nVar: 40,
    nTypes: 3,
    seed: 7,
    normalisation: normalisationSchema.parse({ librarySize: 'median', log1p: true }),
  });

describe('sums of logarithms', () => {
  it('are those that are added up one by one', () => {
    const exposure = Float64Array.from({ length: 50 }, (_, i) => 100 + 90 * i);
    const sums = new LogSums(exposure);
    for (const a of [1e-12, 3.3e-7, 2e-4, 0.017, 1.9, 4e4]) {
      const exact = exposure.reduce((sum, e) => sum + Math.log1p(a * e), 0);
      expect(Math.abs(sums.at(a) / exact - 1)).toBeLessThan(1e-7);
    }
  });
});

describe('the dispersion of a gene', () => {
  it('is where the likelihood is largest', async () => {
    const { source } = await made();
    const { counts, librarySize } = source;
    const rows = Uint32Array.from({ length: 300 }, (_, i) => i);
    const rate = geneFacts(counts, librarySize, rows).logRate.map(Math.exp);
    const fitted = fitDispersion(counts, rate, librarySize, rows);
    const column = (j: number): Float64Array => {
      const out = new Float64Array(300);
      for (const row of rows)
        for (let k = counts.indptr[row]; k < counts.indptr[row + 1]; k++)
          if (counts.indices[k] === j) out[row] = counts.values[k];
      return out;
    };
    const likelihood = (j: number, theta: number): number => {
      let sum = 0;
      column(j).forEach((x, row) => {
        const mean = rate[j] * librarySize[row];
        sum += x * Math.log(mean / (theta + mean)) - theta * Math.log1p(mean / theta);
        for (let n = 0; n < x; n++) sum += Math.log((theta + n) / (n + 1));
      });
      return sum;
    };
    for (const j of [0, 5, 17, 39]) {
      const best = likelihood(j, fitted[j]);
      for (const factor of [0.9, 0.97, 1.03, 1.1]) expect(best).toBeGreaterThan(likelihood(j, fitted[j] * factor));
    }
  });
});

describe('floors of likelihood', () => {
  it('fit no worse than moments do, and better than Poisson', async () => {
    const { source } = await made();
    const rows = Uint32Array.from({ length: 300 }, (_, i) => i);
    const nllOf = async (method: typeof geneNb): Promise<number> => {
      const { outcome } = await trainOn(engine, method, source, {});
      const model = countModelOf(outcome.extras)!;
      if (outcome.denoised.kind !== 'factored') throw new Error('expected factors');
      const { factor } = source.undoFacts;
      const input = { denoised: outcome.denoised, model, factor, counts: source.counts };
      return (await measureLikelihood(engine, input, rows, model.countedSize!)).nll;
    };
    const byMoments = geneNbNll(source.counts, source.librarySize, rows, rows, true);
    const fitted = await nllOf(geneNb);
    expect(fitted).toBeLessThanOrEqual(byMoments + 1e-6);
    expect(fitted).toBeGreaterThan(byMoments - 0.05);
    expect(await nllOf(genePoisson)).toBeGreaterThan(fitted);
  });
});
