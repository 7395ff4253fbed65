import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cosineByObs } from '../rowwise/cosine-by-obs.ts';
import { absoluteErrorByObs, squaredErrorByObs } from '../rowwise/error-by-obs.ts';
import { meanOverObs } from '../rowwise/mean-over-obs.ts';
import { pearsonByObs } from '../rowwise/pearson-by-obs.ts';
import { spearmanByObs } from '../rowwise/spearman-by-obs.ts';
import { ReconstructionScores } from './reconstruction-scores.ts';

const value = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 20 }).map((n) => n / 4),
);
const matrices = fc
  .record({ nObs: fc.integer({ min: 2, max: 8 }), nVar: fc.integer({ min: 3, max: 9 }) })
  .chain(({ nObs, nVar }) => {
    const matrix = fc.array(value, { minLength: nObs * nVar, maxLength: nObs * nVar }).map((v) => Float32Array.from(v));
    return fc.record({ nObs: fc.constant(nObs), nVar: fc.constant(nVar), truth: matrix, predicted: matrix });
  });

function figuresOf(truth: Float32Array, predicted: Float32Array, nVar: number) {
  const scores = new ReconstructionScores(nVar);
  for (let at = 0; at < truth.length; at += nVar)
    scores.add(truth.subarray(at, at + nVar), predicted.subarray(at, at + nVar));
  return scores.figures();
}

const column = (values: Float32Array, nVar: number, j: number) =>
  Float64Array.from({ length: values.length / nVar }, (_, i) => values[i * nVar + j]);

it('agrees with the scores of whole matrices', () => {
  fc.assert(
    fc.property(matrices, ({ nVar, truth, predicted }) => {
      const figures = figuresOf(truth, predicted, nVar);
      const byGene = Float64Array.from({ length: nVar }, (_, j) => {
        const a = column(truth, nVar, j);
        return pearsonByObs(a, column(predicted, nVar, j), a.length)[0];
      });
      const expected = {
        mae: meanOverObs(absoluteErrorByObs(truth, predicted, nVar)).mean,
        mse: meanOverObs(squaredErrorByObs(truth, predicted, nVar)).mean,
        cosine: meanOverObs(cosineByObs(truth, predicted, nVar)).mean,
        pearson: meanOverObs(pearsonByObs(truth, predicted, nVar)).mean,
        spearman: meanOverObs(spearmanByObs(truth, predicted, nVar)).mean,
        pearson_gene: meanOverObs(byGene).mean,
      };
      for (const [metric, wanted] of Object.entries(expected)) {
        const found = figures[metric as keyof typeof figures];
        if (Number.isNaN(wanted)) expect(found, metric).toBeNaN();
        else expect(found, metric).toBeCloseTo(wanted, 9);
      }
    }),
  );
});

it('judges nonzero entries by the truth', () => {
  const truth = Float32Array.of(0, 2, 0, 4);
  const figures = figuresOf(truth, Float32Array.of(5, 1, 5, 4), 4);
  expect(figures.mae_nonzero).toBe(0.5);
  expect(figures.mse_nonzero).toBe(0.5);
  expect(figures.cosine_nonzero).toBeCloseTo(18 / Math.sqrt(20 * 17), 12);
  expect(figures.cosine).toBeLessThan(figures.cosine_nonzero);
});

it('gives 0 error and full correlation for the truth itself', () => {
  const truth = Float32Array.of(0, 2, 1, 4, 3, 0, 1, 1);
  const { mae, mse, ...others } = figuresOf(truth, truth, 4);
  expect({ mae, mse }).toEqual({ mae: 0, mse: 0 });
  const { mae_nonzero: a, mse_nonzero: b, ...ones } = others;
  expect([a, b]).toEqual([0, 0]);
  for (const one of Object.values(ones)) expect(one).toBeCloseTo(1, 6);
});
