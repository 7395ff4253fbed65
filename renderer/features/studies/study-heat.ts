import type { StudyTable } from './study-types.ts';

/**
 * How far each figure of a column lies between the worst (0) and the best (1) of the rows that are compared; null where
 * there is no figure, no direction, or nothing to tell apart, and for references.
 *
 * @returns [rows][columns]
 */
export function studyHeat({ columns, rows }: StudyTable): (number | null)[][] {
  const spans = columns.map(({ higherIsBetter }, at) => {
    if (higherIsBetter === null) return null;
    const means = rows.flatMap(({ cells, reference }) => (cells[at] && !reference ? [cells[at].mean] : []));
    const [low, high] = [Math.min(...means), Math.max(...means)];
    if (!(high > low)) return null;
    return higherIsBetter ? { worst: low, best: high } : { worst: high, best: low };
  });
  return rows.map(({ cells, reference }) =>
    cells.map((cell, at) => {
      const span = spans[at];
      if (cell === null || span === null || reference) return null;
      return Math.abs((cell.mean - span.worst) / (span.best - span.worst));
    }),
  );
}
