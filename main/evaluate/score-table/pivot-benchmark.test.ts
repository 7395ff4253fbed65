import { expect, it } from 'vitest';
import { pivotBenchmark } from './pivot-benchmark.ts';
import { renderScoreTableForTerminal } from './render-terminal.ts';
import type { ScoreTable, ScoreTableRow } from './score-table.types.ts';

const columns = [
  { metric: 'mse', labels: '', title: 'MSE', higherIsBetter: false, digits: 2 },
  { metric: 'ari', labels: 'layer', title: 'ARI', higherIsBetter: true, digits: 2 },
  { metric: 'n_clusters', labels: 'layer', title: 'Clusters found', higherIsBetter: null, digits: 0 },
];

function row(method: string, space: string, clustering: string, means: (number | null)[]): ScoreTableRow {
  return {
    datasetId: 1,
    dataset: 'made',
    protocol: 'gene imputation',
    method,
    methodTitle: method,
    preset: 'lacuna',
    variant: '',
    space,
    clustering,
    runIds: [1],
    seeds: [1],
    isFloor: method === 'floor',
    cells: means.map((mean) => (mean === null ? null : { mean, sd: null, n: 1, best: true, beatsFloor: null })),
  };
}

const table: ScoreTable = {
  columns,
  rows: [
    row('A', 'all entries', 'none', [2, null, null]),
    row('A', 'muted', 'none', [9, null, null]),
    row('A', 'denoised', 'kmeans', [null, 0.5, 7]),
    row('A', 'denoised', 'leiden', [null, 0.3, 9]),
    row('A', 'tsne-2d', 'kmeans', [null, 0.9, 9]),
    row('floor', 'all entries', 'none', [1, null, null]),
    row('floor', 'denoised', 'leiden', [null, 0.4, 9]),
  ],
};

it('puts the figures of a run side by side and marks each column by itself', () => {
  const pivoted = pivotBenchmark(table);
  expect(pivoted.columns.map(({ title }) => title)).toEqual(['MSE', 'MSE, muted', 'ARI, k-means', 'ARI, Leiden']);
  expect(
    pivoted.rows.map(({ method, cells }) => [method, ...cells.map((cell) => cell && [cell.mean, cell.best])]),
  ).toEqual([
    ['A', [2, false], [9, true], [0.5, true], [0.3, false]],
    ['floor', [1, true], null, null, [0.4, true]],
  ]);
  expect(pivoted.rows[0].cells.map((cell) => cell?.beatsFloor)).toEqual([false, null, null, false]);
  // The table that it came from is as it was.
  expect(table.rows[0].cells[0]?.best).toBe(true);
});

it('prints without the columns that say nothing', () => {
  const text = renderScoreTableForTerminal(pivotBenchmark(table));
  expect(text).not.toContain('Space');
  expect(text).not.toContain('Clustering');
  expect(text.split('\n')[0]).toMatch(/^Method .*MSE, muted.*ARI, Leiden/);
});

it('gives small errors enough digits to be told apart', () => {
  const small = pivotBenchmark({
    columns,
    rows: [
      row('A', 'all entries', 'none', [0.00321, null, null]),
      row('A', 'denoised', 'kmeans', [null, 0.005, null]),
      row('floor', 'all entries', 'none', [0.0346, null, null]),
    ],
  });
  expect(small.columns.map(({ title, digits }) => [title, digits])).toEqual([
    ['MSE', 6],
    ['ARI, k-means', 2],
  ]);
  expect(renderScoreTableForTerminal(small)).toContain('0.003210');
});
