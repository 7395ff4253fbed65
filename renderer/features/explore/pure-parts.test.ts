import { describe, expect, it } from 'vitest';
import { CATEGORY_COLOURS } from '../../../main/contract/palettes/categorical.ts';
import { defaultColumn } from './default-column.ts';
import { distribution, splitByGroup } from './distribution.ts';
import { gatherCodes, gatherMask, hiddenMask, makeGroups, scatterCodes, scatterMask } from './groups.ts';
import { pictureChoices, pictureId, placeTitle } from './picture-choices.ts';
import { centred, rangesOf } from './value-range.ts';

describe('groups', () => {
  const codes = Int32Array.of(0, 2, 2, -1, 2, 0);

  it('get colours by size, and the same ones whatever picture they are in', () => {
    const groups = makeGroups('cell_type', codes, ['B', 'none of these', 'T']);
    expect(groups.order).toEqual([
      { code: 2, size: 3 },
      { code: 0, size: 2 },
    ]);
    expect([groups.colours[2], groups.colours[0]]).toEqual([CATEGORY_COLOURS[0], CATEGORY_COLOURS[1]]);
    expect(groups.missing).toBe(1);
  });

  it('go to the observations of a run and back', () => {
    const obs = Int32Array.of(1, 3, 5);
    expect([...gatherCodes(codes, obs)]).toEqual([2, -1, 0]);
    expect([...scatterCodes(Int32Array.of(7, 8, 9), obs, 6)]).toEqual([-1, 7, -1, 8, -1, 9]);
    expect([...scatterMask(Uint8Array.of(1, 0, 1), obs, 6)]).toEqual([0, 1, 0, 0, 0, 1]);
    expect(gatherMask(null, obs)).toBeNull();
  });

  it('hide those that are switched off, also the ones without a group', () => {
    expect(hiddenMask(codes, new Set())).toBeNull();
    expect([...(hiddenMask(codes, new Set([2, -1])) ?? [])]).toEqual([0, 1, 1, 1, 1, 0]);
  });
});

describe('the column to colour by first', () => {
  const column = (name: string, nCategories: number | null = 5, kind = 'categorical') => ({ name, kind, nCategories });

  it('is the best known name among those with groups', () => {
    expect(defaultColumn([column('seurat_clusters'), column('cell_type'), column('n_counts', null, 'numeric')])).toBe(
      'cell_type',
    );
    expect(defaultColumn([column('region')])).toBe('region');
  });

  it('is none where nothing is known, or where every cell is a group of its own', () => {
    expect(defaultColumn([column('a'), column('b')])).toBeNull();
    expect(defaultColumn([column('cell_type', 20_000)])).toBeNull();
    expect(defaultColumn([])).toBeNull();
  });
});

describe('the range of a colour scale', () => {
  it('leaves out the highest hundredth', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i < 995 ? i / 995 : 500));
    const ranges = rangesOf([values]);
    expect(ranges?.full).toEqual({ min: 0, max: 500 });
    expect(ranges?.clipped.max).toBeLessThan(1);
  });

  it('keeps all where hardly any cell has a value above the lowest', () => {
    const values = new Float32Array(1000);
    values[3] = 4;
    expect(rangesOf([values])?.clipped).toEqual({ min: 0, max: 4 });
  });

  it('is shared by pictures side by side, and null without values', () => {
    expect(rangesOf([Float32Array.of(0, 1), Float32Array.of(3, NaN)])?.full).toEqual({ min: 0, max: 3 });
    expect(rangesOf([Float32Array.of(NaN)])).toBeNull();
    expect(centred({ min: -1, max: 3 })).toEqual({ min: -3, max: 3 });
  });
});

describe('a distribution', () => {
  it('has the quartiles and the share above 0', () => {
    const found = distribution([0, 0, 1, 2, 3]);
    expect(found).toMatchObject({ n: 5, mean: 1.2, median: 1, lower: 0, upper: 2, expressing: 0.6, from: 0, to: 3 });
  });

  it('peaks where the values are, on both hills', () => {
    const values = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : 9) + Math.sin(i) * 0.4);
    const { density, from, to } = distribution(values);
    const at = (value: number): number => density[Math.round(((value - from) / (to - from)) * (density.length - 1))];
    expect(at(1)).toBeGreaterThan(0.8);
    expect(at(9)).toBeGreaterThan(0.8);
    expect(at(5)).toBeLessThan(0.05);
  });

  it('claims no shape for equal or too few values', () => {
    expect(distribution([2, 2, 2, 2]).density).toEqual([]);
    expect(distribution([]).n).toBe(0);
    expect(distribution([NaN, 1]).n).toBe(1);
  });

  it('is taken of each group', () => {
    expect(splitByGroup(Float32Array.of(1, 2, 3), Int32Array.of(1, -1, 1), 2)).toEqual([[], [1, 3]]);
  });
});

describe('the menu of pictures', () => {
  it('offers embeddings of a run, tissue where there are coordinates, and charts', () => {
    const ids = (hasRun: boolean) =>
      pictureChoices(
        [
          { name: 'spatial', nDim: 2 },
          { name: 'one', nDim: 1 },
        ],
        hasRun,
      ).map(({ id }) => id);
    expect(ids(false)).toEqual(['place-spatial', 'violin', 'dots']);
    expect(ids(true)).toContain('tsne-3');
    expect(placeTitle('spatial')).toBe('Tissue');
    expect(placeTitle('X_umap')).toBe('umap (from the file)');
    for (const { id, picture } of pictureChoices([{ name: 'spatial', nDim: 2 }], true))
      expect(pictureId(picture)).toBe(id);
  });
});
