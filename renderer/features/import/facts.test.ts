import { describe, expect, it } from 'vitest';
import { factsOf, firstOf, shortList } from './facts.ts';

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
    modalities: [],
    spatial: null,
    table: null,
    positionsTable: null,
    warnings: [],
  };

  it('names proteins beside the genes', () => {
    const modalities = [{ name: 'protein', nVar: 134, examples: ['CD86', 'CD274'] }];
    expect(factsOf({ ...found, modalities })).toContainEqual({
      label: 'Beside the genes',
      value: '134 proteins found: CD86, CD274 and 132 more',
    });
    expect(firstOf(['a', 'b', 'c'], 2, 3)).toBe('a, b and 1 more');
    expect(firstOf(['a', 'b'], 2, 2)).toBe('a, b');
  });

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

  it('tells scale, spots and pictures of a section', () => {
    const spatial = {
      obsm: 'spatial',
      micrometresPerUnit: 0.65,
      spotSize: 10 / 0.65,
      images: [{ name: 'hires', width: 2000, height: 1921 }],
      hasBorders: true,
    };
    const labels = (facts: { label: string; value: string }[]) => facts.map(({ label, value }) => `${label}: ${value}`);
    expect(labels(factsOf({ ...found, spatial })).slice(5, 9)).toEqual([
      'Scale: 0.65 µm per unit of the positions',
      'Spot size: 10 µm',
      'Picture: hires (2,000 × 1,921 pixels)',
      'Outlines: of every cell',
    ]);
    const unknown = { ...spatial, micrometresPerUnit: null, spotSize: 20, images: [], hasBorders: false };
    expect(labels(factsOf({ ...found, spatial: unknown })).slice(5, 7)).toEqual([
      'Scale: not known: there will be no scale bar in µm',
      'Spot size: 20 units of the positions',
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
