import type { ScoreTable, ScoreTableRow } from '../score/score-types.ts';
import { meanOf, type Task } from './table-tasks.ts';

/** Methods with a map at first; each map is a picture of its own that the graphics card keeps. */
export const MOST_MAPS = 6;

/** The rows of a task in the order in which maps show them: methods by error, then floors by error. */
export function mapRows(table: ScoreTable, task: Task): ScoreTableRow[] {
  const rank = (row: ScoreTableRow): number => meanOf(table, row, 'mse') ?? Infinity;
  return table.rows
    .filter(({ datasetId, protocol }) => datasetId === task.datasetId && protocol === task.protocol)
    .toSorted((a, b) => Number(a.isFloor) - Number(b.isFloor) || rank(a) - rank(b) || 0);
}

/**
 * What a row is called above a map: 'FFN' for 'Fourier feature network (FFN)', with its preset and variant where another
 * row has the same method.
 */
export function shortName(row: ScoreTableRow, rows: readonly ScoreTableRow[]): string {
  const title = /\(([^()]+)\)$/.exec(row.methodTitle)?.[1] ?? row.methodTitle;
  const isAlone = rows.filter(({ method }) => method === row.method).length < 2;
  return isAlone ? title : [title, row.preset, row.variant].filter((part) => part !== '').join(' · ');
}
