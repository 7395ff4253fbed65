import { clusteringTitle, spaceTitle } from './score-words.ts';
import type { ScoreColumn, ScoreTable, ScoreTableRow } from './score-types.ts';

/** A column to sort by: one of the first four by name, or a metric by its place. */
export type SortKey = 'method' | 'space' | 'clustering' | 'runs' | number;
export interface Sorting {
  key: SortKey;
  descending: boolean;
}

export interface RowFilter {
  text: string;
  /** '' for all. */
  space: string;
  clustering: string;
}

/** Everything that a row is called, for looking up and reading aloud. */
export function rowName(row: ScoreTableRow): string {
  return [row.methodTitle, row.preset, row.variant, row.protocol].filter((part) => part !== '').join(' · ');
}

/** Rows whose names hold every word of the text, in the space and clustering that were chosen. */
export function filterRows(rows: readonly ScoreTableRow[], filter: RowFilter): ScoreTableRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filter.space !== '' && row.space !== filter.space) return false;
    if (filter.clustering !== '' && row.clustering !== filter.clustering) return false;
    const name = [row.dataset, rowName(row), spaceTitle(row.space), row.space, clusteringTitle(row.clustering)]
      .join(' ')
      .toLowerCase();
    return words.every((word) => name.includes(word));
  });
}

/** Rows in the order asked for; equal ones keep their order, rows without a figure come last either way. */
export function sortRows(rows: readonly ScoreTableRow[], { key, descending }: Sorting): ScoreTableRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    if (typeof key !== 'number') return sign * compareNames(key, a, b);
    const [left, right] = [a.cells[key], b.cells[key]];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left.mean - right.mean);
  });
}

function compareNames(key: Exclude<SortKey, number>, a: ScoreTableRow, b: ScoreTableRow): number {
  switch (key) {
    case 'method':
      return rowName(a).localeCompare(rowName(b), 'en');
    case 'space':
      return spaceTitle(a.space).localeCompare(spaceTitle(b.space), 'en');
    case 'clustering':
      return clusteringTitle(a.clustering).localeCompare(clusteringTitle(b.clustering), 'en');
    case 'runs':
      return a.runIds.length - b.runIds.length;
  }
}

/** What a click on a heading asks for: the best first, and on the second click the other way round. */
export function nextSorting(now: Sorting, key: SortKey, columns: readonly ScoreColumn[]): Sorting {
  if (now.key === key) return { key, descending: !now.descending };
  return { key, descending: typeof key === 'number' ? columns[key].higherIsBetter !== false : false };
}

/** The order in which a table opens: best of the first metric on top. */
export function firstSorting(table: ScoreTable): Sorting {
  const key = table.columns.findIndex((column) => column.higherIsBetter !== null);
  return key < 0
    ? { key: 'method', descending: false }
    : { key, descending: table.columns[key].higherIsBetter === true };
}
