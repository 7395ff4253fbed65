import { canonicalJson } from '../../json/canonical-json.ts';
import { markScores } from './mark-scores.ts';
import type { ScoreCell, ScoreColumn, ScoreTable, ScoreTableRow } from './score-table.types.ts';

/** How a space and clustering are named in the head of a column; the main figures of a protocol go without. */
const SUFFIX: Record<string, string> = {
  'held-out none': '',
  'all entries none': '',
  'muted none': ', muted',
  'denoised kmeans': ', k-means',
  'denoised leiden': ', Leiden',
};

/** Left out of a benchmark: said by others, or no score. */
const LEFT_OUT = new Set(['n_clusters', 'homogeneity', 'completeness', 'v_measure', 'silhouette']);

/**
 * A score table with one row a method, protocol and dataset: figures of different spaces and clusterings, which stand
 * below each other there, stand side by side here. Best figures and floors are marked anew, column by column.
 */
export function pivotBenchmark(table: ScoreTable): ScoreTable {
  const columns: ScoreColumn[] = [];
  const places = new Map<string, number>();
  const rows = new Map<string, ScoreTableRow>();
  const cells = new Map<ScoreTableRow, Map<number, ScoreCell>>();
  for (const row of table.rows) {
    const { datasetId, protocol, method, preset, variant, space, clustering } = row;
    const suffix = SUFFIX[`${space} ${clustering}`];
    if (suffix === undefined) continue;
    const key = canonicalJson([datasetId, protocol, method, preset, variant]);
    const into = rows.get(key) ?? { ...row, space: '', clustering: '' };
    rows.set(key, into);
    const found = cells.get(into) ?? new Map<number, ScoreCell>();
    cells.set(into, found);
    row.cells.forEach((cell, at) => {
      const column = table.columns[at];
      if (cell === null || LEFT_OUT.has(column.metric)) return;
      const metric = `${column.metric}${suffix}`;
      const columnKey = canonicalJson([metric, column.labels]);
      if (!places.has(columnKey)) {
        places.set(columnKey, columns.length);
        columns.push({ ...column, metric, title: `${column.title}${suffix}` });
      }
      found.set(places.get(columnKey)!, { ...cell, best: false, beatsFloor: null });
    });
  }
  const order = columns.map((_, at) => at).sort((a, b) => rank(columns[a], table) - rank(columns[b], table) || a - b);
  const pivoted: ScoreTable = {
    columns: order.map((at) => columns[at]),
    rows: [...rows.values()].map((row) => ({ ...row, cells: order.map((at) => cells.get(row)?.get(at) ?? null) })),
  };
  pivoted.columns.forEach((column, at) => (column.digits = digitsOf(column, pivoted.rows, at)));
  markScores(pivoted);
  return pivoted;
}

/** Errors have the size of the data: as many digits as tell the smallest apart by four figures, at most eight. */
function digitsOf({ digits, higherIsBetter }: ScoreColumn, rows: readonly ScoreTableRow[], at: number): number {
  if (higherIsBetter !== false) return digits;
  const means = rows.map(({ cells }) => Math.abs(cells[at]?.mean ?? 0)).filter((mean) => mean > 0);
  if (means.length === 0) return digits;
  return Math.min(8, Math.max(digits, 3 - Math.floor(Math.log10(Math.min(...means)))));
}

/** Errors first, then correlations, then clusters, as the columns of the table stand. */
function rank(column: ScoreColumn, table: ScoreTable): number {
  const metric = column.metric.split(',')[0];
  const at = table.columns.findIndex((other) => other.metric === metric && other.labels === column.labels);
  return at + (column.labels === '' ? 0 : 1000);
}
