import { describe, expect, it } from 'vitest';
import type { Column } from '../../dataset/column.ts';
import { covariateNames, covariateText } from '../../contract/words/covariate-names.ts';
import { fitCovariates } from './fit-covariates.ts';

const columns: Column[] = [
  { kind: 'numeric', name: 'age', values: Float64Array.from([1, 3, 5, NaN, 9]) },
  {
    kind: 'categorical',
    name: 'batch',
    codes: Int32Array.from([0, 1, 1, -1, 2]),
    categories: ['a', 'b', 'c'],
    ordered: false,
  },
  { kind: 'string', name: 'donor', values: ['x', 'y', 'x', 'y', ''] },
  { kind: 'numeric', name: 'flat', values: new Float64Array(5) },
];
const fitted = Uint32Array.from([0, 1, 2]);
const all = Uint32Array.from([0, 1, 2, 3, 4]);

describe('covariates', () => {
  it('are centred on the cells that they were fitted on, and 0 where nothing is known', () => {
    const { labels, of } = fitCovariates(columns, ['age', 'batch', 'donor'], fitted);
    expect(labels).toEqual(['age', 'batch = a', 'batch = b', 'donor = x', 'donor = y']);
    const { nDim, values } = of(all);
    expect(nDim).toBe(5);
    const column = (d: number) => [...all].map((i) => values[i * 5 + d]);
    const sd = Math.sqrt(8 / 3);
    expect(column(0)).toEqual([-2 / sd, 0, 2 / sd, 0, 6 / sd].map((v) => Math.fround(v)));
    expect(column(1)).toEqual([2 / 3, -1 / 3, -1 / 3, 0, 0].map((v) => Math.fround(v)));
    expect(column(3)).toEqual([1 / 3, -2 / 3, 1 / 3, -2 / 3, 0].map((v) => Math.fround(v)));
    for (let d = 0; d < 5; d++) {
      const sum = [...fitted].reduce((total, i) => total + column(d)[i], 0);
      expect(Math.abs(sum)).toBeLessThan(1e-6);
    }
    // The same cells in another order and number get the same numbers.
    expect([...of(Uint32Array.from([2])).values]).toEqual([...values.subarray(10, 15)]);
  });

  it('refuses what says nothing of the cells, in words', () => {
    expect(() => fitCovariates(columns, ['site'], fitted)).toThrow(
      expect.objectContaining({ code: 'not-found', remedy: expect.stringContaining('age, batch, donor') }),
    );
    expect(() => fitCovariates(columns, ['flat'], fitted)).toThrow('the same value in all cells');
    expect(() => fitCovariates(columns, ['batch'], Uint32Array.from([1, 2]))).toThrow('one group');
  });

  it('are named by a text', () => {
    expect(covariateNames('')).toEqual([]);
    expect(covariateNames(' batch, donor ,batch')).toEqual(['batch', 'donor']);
    expect(covariateNames('["age, years"]')).toEqual(['age, years']);
    for (const names of [[], ['batch', 'donor'], ['age, years', 'batch'], ['[odd']])
      expect(covariateNames(covariateText(names))).toEqual(names);
    expect(() => covariateNames('[1]')).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });
});
