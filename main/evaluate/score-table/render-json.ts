import type { ScoreTable } from './score-table.types.ts';

/** The table as one JSON document: `columns` and `rows` as in `ScoreTable`, figures in full precision. */
export function renderScoreTableJson(table: ScoreTable): string {
  return `${JSON.stringify(table, null, 2)}\n`;
}
