import { describe, expect, it } from 'vitest';
import { figuresTable } from './figures.ts';

describe('figuresTable', () => {
  it('sets a floor beside what has one', () => {
    const table = figuresTable(
      {
        figures: [
          { name: 'first picture', unit: 'ms', lacuna: 312.4, floor: 294 },
          { name: 'lasso', unit: 'ms', lacuna: 8.123 },
        ],
        note: 'By the processor.',
      },
      'bare program',
    );
    expect(table.split('\n')).toEqual([
      '|  | Lacuna | bare program |',
      '| --- | --- | --- |',
      '| first picture | 312 ms | 294 ms |',
      '| lasso | 8.12 ms | – |',
      '',
      'By the processor.',
    ]);
  });

  it('says what missed its target', () => {
    const figures = [
      { name: 'a', unit: 'ms' as const, lacuna: 150, limit: 150 },
      { name: 'b', unit: 'ms' as const, lacuna: 151, limit: 150 },
      { name: 'c', unit: 'MB/s' as const, lacuna: 59, least: 60 },
    ];
    const table = figuresTable({ figures, note: '' }, '');
    expect(table).toContain('| a | 150 ms | met (≤ 150 ms) |');
    expect(table).toContain('| b | 151 ms | **missed** (≤ 150 ms) |');
    expect(table).toContain('| c | 59.0 MB/s | **missed** (≥ 60.0 MB/s) |');
  });
});
