import { describe, expect, it } from 'vitest';
import { figureText } from './figure-text.ts';
import { studyHeat } from './study-heat.ts';
import type { StudyTable } from './study-types.ts';

describe('figureText', () => {
  it('keeps the digits that were asked for, else three, and powers of ten where figures are far from one', () => {
    expect(figureText(0.7214, 3)).toBe('0.721');
    expect(figureText(-0.05, 2)).toBe('−0.05');
    expect(figureText(222.64, null)).toBe('223');
    expect(figureText(361_311, null)).toBe('361,311');
    expect(figureText(8.7e10, null)).toBe('8.7 · 10¹⁰');
    expect(figureText(-1.8e-7, null)).toBe('−1.8 · 10⁻⁷');
    expect(figureText(0, null)).toBe('0');
  });
});

describe('studyHeat', () => {
  const cell = (mean: number) => ({ mean, sd: null, n: 1, best: false });
  const row = (means: (number | null)[], reference = false): StudyTable['rows'][number] => ({
    head: ['A'],
    runIds: [],
    cells: means.map((mean) => (mean === null ? null : cell(mean))),
    reference,
    broken: false,
  });
  const column = (higherIsBetter: boolean | null) => ({ id: 'x', title: 'x', higherIsBetter, digits: 3 });
  const table = (columns: StudyTable['columns'], rows: StudyTable['rows']): StudyTable => ({
    id: 't',
    title: 't',
    note: '',
    heads: ['A'],
    columns,
    rows,
  });

  it('goes from the worst to the best of those that are compared, whichever way is better', () => {
    const heat = studyHeat(
      table([column(true), column(false), column(null)], [row([0.2, 5, 1]), row([0.6, 1, 2]), row([0.4, null, 3])]),
    );
    expect(heat.map((line) => line.map((share) => (share === null ? null : Number(share.toFixed(6)))))).toEqual([
      [0, 0, null],
      [1, 1, null],
      [0.5, null, null],
    ]);
  });

  it('leaves references out, and says nothing where there is nothing to tell apart', () => {
    expect(studyHeat(table([column(true)], [row([0.2]), row([0.9], true)]))).toEqual([[null], [null]]);
  });
});
