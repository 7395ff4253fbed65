import type { ScoreTable } from '../../evaluate/score-table/score-table.types.ts';
import { keyColumns } from '../../evaluate/score-table/table-cells.ts';
import type { FigureSize } from './figure-size.ts';
import { scoreFigure } from './score-figure.ts';

/** The heat map of a score table: its rows with their names joined, its columns as they stand. */
export function scoreTableFigure(table: ScoreTable, title: string, size?: FigureSize): string {
  const keys = keyColumns(table).filter((key) => key.title !== 'Runs');
  return scoreFigure({
    title,
    rows: table.rows.map((row) =>
      keys
        .map((key) => key.text(row))
        .filter((text) => text !== '')
        .join(' · '),
    ),
    metrics: table.columns.map((column) => ({ label: column.title, higherIsBetter: column.higherIsBetter })),
    values: table.rows.map((row) => row.cells.map((cell) => cell?.mean ?? null)),
    sd: table.rows.map((row) => row.cells.map((cell) => cell?.sd ?? null)),
    size,
  });
}
