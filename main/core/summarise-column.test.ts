import { describe, expect, it } from 'vitest';
import { summariseColumn } from './summarise-column.ts';

describe('summariseColumn', () => {
  it('counts categories and what is missing', () => {
    const column = {
      kind: 'categorical' as const,
      name: 'type',
      codes: Int32Array.of(0, 1, 1, -1),
      categories: ['B', 'T', 'NK'],
      ordered: false,
    };
    expect(summariseColumn(column)).toMatchObject({ categoryCounts: [1, 2, 0], missing: 1, min: null });
  });

  it('takes few different texts as groups, and counts many', () => {
    const few = { kind: 'string' as const, name: 'donor', values: ['b', 'a', '', 'b'] };
    expect(summariseColumn(few)).toMatchObject({
      kind: 'string',
      categories: ['a', 'b'],
      categoryCounts: [1, 2],
      distinct: 2,
      missing: 1,
    });
    const many = { kind: 'string' as const, name: 'note', values: Array.from({ length: 300 }, (_, i) => `note ${i}`) };
    expect(summariseColumn(many)).toMatchObject({ categories: null, distinct: 300, missing: 0 });
  });

  it('gives the range of numbers without the missing ones', () => {
    const column = { kind: 'numeric' as const, name: 'counts', values: Float64Array.of(3, Number.NaN, -1) };
    expect(summariseColumn(column)).toMatchObject({ min: -1, max: 3, missing: 1 });
  });
});
