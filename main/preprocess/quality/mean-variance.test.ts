import { expect, it } from 'vitest';
import { inChunks, madeMatrix, madeRandom } from '../../projects/testing/made-source.ts';
import { commonDispersion, meanVariance } from './mean-variance.ts';

it('takes mean and variance of each gene, zeros included', async () => {
  const matrix = madeMatrix(50, 7, 0.4, 3);
  const { mean, variance } = await meanVariance({ nObs: 50, nVar: 7, chunks: () => inChunks(matrix, 8) });
  for (let gene = 0; gene < 7; gene++) {
    const values = new Array<number>(50).fill(0);
    for (let obs = 0; obs < 50; obs++)
      for (let i = matrix.indptr[obs]; i < matrix.indptr[obs + 1]; i++)
        if (matrix.indices[i] === gene) values[obs] = matrix.values[i];
    const wanted = values.reduce((sum, value) => sum + value, 0) / 50;
    expect(mean[gene]).toBeCloseTo(wanted, 12);
    expect(variance[gene]).toBeCloseTo(values.reduce((sum, value) => sum + (value - wanted) ** 2, 0) / 49, 10);
  }
});

it('finds the dispersion that genes have in common', () => {
  const random = madeRandom(4);
  const mean = Float64Array.from({ length: 500 }, () => Math.exp(6 * random() - 3));
  const scatter = mean.map(() => Math.exp(0.2 * (random() - 0.5)));
  const variance = mean.map((m, j) => (m + 0.7 * m * m) * scatter[j]);
  expect(commonDispersion({ mean, variance })).toBeCloseTo(0.7, 1);
  expect(commonDispersion({ mean, variance: mean.map((m) => m + 0.7 * m * m) })).toBeCloseTo(0.7, 6);
  expect(commonDispersion({ mean: new Float64Array(5), variance: new Float64Array(5) })).toBeNull();
});
