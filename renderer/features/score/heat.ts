import type { ScoreTable, ScoreTableRow } from './score-types.ts';

/**
 * How far each figure of a column lies between the worst (0) and the best (1) of the rows given; null where there is no
 * figure, no direction, or nothing to tell apart.
 *
 * @returns [rows][columns]
 */
export function goodness(columns: ScoreTable['columns'], rows: readonly ScoreTableRow[]): (number | null)[][] {
  const spans = columns.map(({ higherIsBetter }, at) => {
    if (higherIsBetter === null) return null;
    const means = rows.flatMap(({ cells }) => (cells[at] === null ? [] : [cells[at].mean]));
    const [low, high] = [Math.min(...means), Math.max(...means)];
    if (!(high > low)) return null;
    return higherIsBetter ? { worst: low, best: high } : { worst: high, best: low };
  });
  return rows.map(({ cells }) =>
    cells.map((cell, at) => {
      const span = spans[at];
      return cell === null || span === null ? null : Math.abs((cell.mean - span.worst) / (span.best - span.worst));
    }),
  );
}
