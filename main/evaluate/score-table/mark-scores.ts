import type { ScoreCell, ScoreColumn, ScoreTable, ScoreTableRow } from './score-table.types.ts';

/**
 * Marks, in place, the best figure of each column in each dataset under each protocol, and whether a method beats the floor. Like is
 * compared with like: the best floor of the same dataset, space and clustering; else of the same clustering in any
 * space; else of the same dataset.
 */
export function markScores(table: ScoreTable): void {
  table.columns.forEach((column, at) => {
    if (column.higherIsBetter === null) return;
    for (const rows of Map.groupBy(table.rows, taskOf)
      .values()
      .map((all) => all.filter((row) => row.cells[at]))) {
      const best = bestMean(rows, at, column);
      for (const row of rows) {
        const cell = row.cells[at] as ScoreCell;
        cell.best = cell.mean === best;
        if (row.isFloor) continue;
        const floor = floorOf(row, rows, at, column);
        if (floor !== null) cell.beatsFloor = column.higherIsBetter ? cell.mean > floor : cell.mean < floor;
      }
    }
  });
}

/** Only rows of one dataset under one protocol were asked the same. */
function taskOf({ datasetId, protocol, space }: ScoreTableRow): string {
  // Errors over held-out spots and over muted entries are different figures, clusters of any space are not.
  const figure = protocol === '' || space === 'denoised' || space === 'latent' ? '' : space;
  return `${datasetId} ${protocol} ${figure}`;
}

function floorOf(row: ScoreTableRow, rows: readonly ScoreTableRow[], at: number, column: ScoreColumn): number | null {
  const floors = rows.filter((other) => other.isFloor);
  const sameClustering = floors.filter((other) => other.clustering === row.clustering);
  const sameSpace = sameClustering.filter((other) => other.space === row.space);
  const compared = [sameSpace, sameClustering, floors].find((list) => list.length > 0);
  return compared ? bestMean(compared, at, column) : null;
}

function bestMean(rows: readonly ScoreTableRow[], at: number, column: ScoreColumn): number {
  const means = rows.map((row) => (row.cells[at] as ScoreCell).mean);
  return column.higherIsBetter ? Math.max(...means) : Math.min(...means);
}
