import { describe, expect, it } from 'vitest';
import { thinnedRows } from './chart-table.ts';

describe('thinnedRows', () => {
  it('leaves a short table alone', () => {
    const table = { columns: ['epoch', 'loss'], rows: [[1, 2]] };
    expect(thinnedRows(table)).toBe(table);
  });

  it('keeps the ends of a long one, in order and without repeats', () => {
    const rows = Array.from({ length: 1001 }, (_, i) => [i, i / 2]);
    const thin = thinnedRows({ columns: ['epoch', 'loss'], rows }, 50).rows.map((row) => Number(row[0]));
    expect(thin).toHaveLength(50);
    expect(thin[0]).toBe(0);
    expect(thin.at(-1)).toBe(1000);
    expect(thin).toEqual([...new Set(thin)].sort((a, b) => a - b));
  });
});
