import type { ScoreColumn, ScoreFigure, ScoreTable, ScoreTableRow } from '../score/score-types.ts';

/** One question that all methods were asked: a dataset under a protocol. Only its figures can be compared. */
export interface Task {
  key: string;
  datasetId: number;
  dataset: string;
  protocol: string;
}

/** The metrics that a table opens with; the others are a click away. */
export const MAIN_METRICS: readonly string[] = [
  'mse',
  'mse, muted',
  'mse_nonzero',
  'cosine',
  'pearson',
  'spearman',
  'ari, k-means',
  'ari, Leiden',
  'nll',
  'nll_predicted_library',
  'mse_rates',
  'epochs',
  'dropout',
  'sparsity',
  'nll_pruned',
];

const taskKey = ({ datasetId, protocol }: Pick<ScoreTableRow, 'datasetId' | 'protocol'>): string =>
  JSON.stringify([datasetId, protocol]);

/** The tasks of a benchmark, in the order in which they were asked for. */
export function tasksOf({ table, runIds }: { table: ScoreTable; runIds: readonly number[] }): Task[] {
  const placeOf = (row: ScoreTableRow): number => Math.min(...row.runIds.map((id) => runIds.indexOf(id)));
  const tasks = new Map<string, Task>();
  for (const row of table.rows.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    const { datasetId, dataset, protocol } = row;
    tasks.set(taskKey(row), { key: taskKey(row), datasetId, dataset, protocol });
  }
  return [...tasks.values()];
}

/** The metrics of a table, each once, in its order. */
export function metricsOf(table: ScoreTable): { metric: string; title: string }[] {
  const found = new Map<string, string>();
  for (const { metric, title } of table.columns) if (!found.has(metric)) found.set(metric, title);
  return [...found].map(([metric, title]) => ({ metric, title }));
}

/**
 * The part of a table that answers one task, without the protocol in its rows, and without columns that nobody asked for
 * or that have no figure there. Metrics without a main one among them are all shown.
 *
 * @param metrics null: all
 */
export function tableOf(table: ScoreTable, task: Task, metrics: readonly string[] | null): ScoreTable {
  const rows = table.rows.filter((row) => taskKey(row) === task.key);
  const hasFigure = table.columns.map((_, at) => rows.some((row) => row.cells[at] !== null));
  const kept = table.columns.flatMap(({ metric }, at) =>
    hasFigure[at] && (metrics === null || metrics.includes(metric)) ? [at] : [],
  );
  return {
    columns: kept.map((at) => table.columns[at]),
    rows: rows.map((row) => ({ ...row, protocol: '', cells: kept.map((at) => row.cells[at]) })),
  };
}

/** Where figures were worked out, by how their column is called. */
const SPACES: Record<string, { spaces: string[]; clustering: string }> = {
  '': { spaces: ['held-out', 'all entries'], clustering: 'none' },
  muted: { spaces: ['muted'], clustering: 'none' },
  'k-means': { spaces: ['denoised'], clustering: 'kmeans' },
  Leiden: { spaces: ['denoised'], clustering: 'leiden' },
};

/** The figures behind one cell, a run each. */
export function figuresBehind(
  figures: readonly ScoreFigure[],
  { runIds }: Pick<ScoreTableRow, 'runIds'>,
  column: Pick<ScoreColumn, 'metric' | 'labels'>,
): ScoreFigure[] {
  const [metric, where = ''] = column.metric.split(', ');
  const place = SPACES[where];
  if (place === undefined) return [];
  return figures.filter(
    (figure) =>
      figure.metric === metric &&
      figure.labels === column.labels &&
      figure.clustering === place.clustering &&
      place.spaces.includes(figure.space) &&
      runIds.includes(figure.runId),
  );
}

/** The mean of a metric in a row; null without one. */
export function meanOf(table: ScoreTable, row: ScoreTableRow, metric: string): number | null {
  const at = table.columns.findIndex((column) => column.metric === metric);
  return row.cells[at]?.mean ?? null;
}
