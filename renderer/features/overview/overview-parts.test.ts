import { describe, expect, it } from 'vitest';
import { composition } from './composition.ts';
import { logHistogram } from './log-histogram.ts';

describe('composition', () => {
  it('counts two columns against each other, missing values too', () => {
    const found = composition(
      { name: 'batch', codes: Int32Array.of(0, 0, 1, 1, 1, -1), categories: ['s1', 's2', 'unused'] },
      { name: 'type', codes: Int32Array.of(1, 1, 0, 1, -1, 0), categories: ['B', 'T'] },
    );
    expect(found.batches).toEqual([
      { name: 's1', total: 2 },
      { name: 's2', total: 3 },
      { name: 'no value', total: 1 },
    ]);
    expect(found.groups).toEqual([
      { name: 'T', code: 1, total: 3, counts: [2, 1, 0] },
      { name: 'B', code: 0, total: 2, counts: [0, 1, 1] },
      { name: 'no value', code: -1, total: 1, counts: [0, 1, 0] },
    ]);
  });
});

describe('logHistogram', () => {
  it('counts in equal steps of the logarithm, with zeros apart', () => {
    const { edges, counts, zeros } = logHistogram([0, 1, 10, 99, 100, 1000], Int32Array.of(0, 0, 1, 1, -1, 0), 2, 3);
    expect(edges.map((edge) => Math.round(edge))).toEqual([1, 10, 100, 1000]);
    expect(counts.map((of) => of.reduce((sum, n) => sum + n, 0))).toEqual([2, 2, 1]);
    expect(zeros).toEqual([1, 0, 0]);
    expect(counts[0]).toEqual([1, 0, 1]);
  });

  it('bears a single value, and none', () => {
    expect(logHistogram([5, 5], null, 1, 4).counts[0].reduce((sum, n) => sum + n, 0)).toBe(2);
    expect(logHistogram([0], null, 1, 4).zeros).toEqual([1, 0]);
  });
});
