import { describe, expect, it } from 'vitest';
import { factsOf, shortList } from './facts.ts';

describe('factsOf', () => {
  const found = {
    format: 'h5ad' as const,
    title: 'anndata 0.8 .h5ad',
    version: '0.8',
    path: '/d/a.h5ad',
    fileBytes: 2_500_000,
    nObs: 2700,
    nVar: 32738,
    nnz: 2_286_884,
    density: 0.0259,
    valueKind: 'counts' as const,
    valuesSampled: 2_286_884,
    obsColumns: [{ name: 'cell_type', kind: 'categorical' as const, nCategories: 9 }],
    obsm: [{ name: 'spatial', nDim: 2 }],
    layers: [],
    choices: [],
    spatial: null,
    table: null,
    positionsTable: null,
    warnings: [],
  };

  it('says what is there and leaves out what is not', () => {
    expect(factsOf(found)).toEqual([
      { label: 'Format', value: 'anndata 0.8 .h5ad, 2.50 MB' },
      { label: 'Size', value: '2,700 spots × 32,738 genes' },
      { label: 'Values', value: 'counts (whole numbers)' },
      { label: 'Not zero', value: '2,286,884 (2.59 %)' },
      { label: 'Coordinates', value: 'spatial (2-D)' },
      { label: 'Annotations', value: 'cell_type (9)' },
    ]);
  });

  it('says when the kind of values is a judgement from some', () => {
    const values = factsOf({ ...found, valueKind: 'real', valuesSampled: 1000 }).find(
      ({ label }) => label === 'Values',
    );
    expect(values?.value).toBe('not counts: negative values occur, judged from 1,000 of them');
  });
});

it('shortens long lists', () => {
  expect(shortList(['a', 'b', 'c'], 3)).toBe('a, b, c');
  expect(shortList(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
});
