import { describe, expect, it } from 'vitest';
import { filterRows, firstSorting, nextSorting, rowName, sortRows } from './arrange-rows.ts';
import { goodness } from './heat.ts';
import { protocolLines, spaceTitle } from './score-words.ts';
import type { ScoreTable, ScoreTableRow } from './score-types.ts';

const columns: ScoreTable['columns'] = [
  { metric: 'n_clusters', labels: '', title: 'Clusters found', higherIsBetter: null, digits: 1 },
  { metric: 'ari', labels: 'cell_type', title: 'ARI', higherIsBetter: true, digits: 3 },
  { metric: 'mse', labels: '', title: 'MSE', higherIsBetter: false, digits: 4 },
];

function row(
  method: string,
  space: string,
  means: (number | null)[],
  extra: Partial<ScoreTableRow> = {},
): ScoreTableRow {
  return {
    datasetId: 1,
    dataset: 'made',
    protocol: '',
    method,
    methodTitle: method,
    preset: 'paper',
    variant: '',
    space,
    clustering: 'kmeans',
    runIds: [1],
    seeds: [1],
    isFloor: false,
    cells: means.map((mean) => (mean === null ? null : { mean, sd: null, n: 1, best: false, beatsFloor: null })),
    ...extra,
  };
}

const rows = [
  row('AE', 'latent', [9, 0.5, 0.2]),
  row('PCA', 'tsne-2d', [8, 0.7, null]),
  row('VAE', 'denoised-umap-3d', [7, 0.3, 0.1], { clustering: 'leiden', variant: 'latentDim=10' }),
];
const names = (list: ScoreTableRow[]) => list.map(({ method }) => method);

describe('rows of the score table', () => {
  it('are found by every word of their names, as shown', () => {
    const all = { text: '', space: '', clustering: '' };
    expect(names(filterRows(rows, all))).toEqual(['AE', 'PCA', 'VAE']);
    expect(names(filterRows(rows, { ...all, text: 'umap latentdim' }))).toEqual(['VAE']);
    expect(names(filterRows(rows, { ...all, text: 't-sne' }))).toEqual(['PCA']);
    expect(names(filterRows(rows, { ...all, space: 'latent' }))).toEqual(['AE']);
    expect(names(filterRows(rows, { ...all, clustering: 'leiden' }))).toEqual(['VAE']);
  });

  it('are sorted by any column, those without a figure last', () => {
    expect(names(sortRows(rows, { key: 1, descending: true }))).toEqual(['PCA', 'AE', 'VAE']);
    expect(names(sortRows(rows, { key: 2, descending: false }))).toEqual(['VAE', 'AE', 'PCA']);
    expect(names(sortRows(rows, { key: 2, descending: true }))).toEqual(['AE', 'VAE', 'PCA']);
    expect(names(sortRows(rows, { key: 'method', descending: true }))).toEqual(['VAE', 'PCA', 'AE']);
  });

  it('open with the best of the first metric, and a heading shows the best first, then the worst', () => {
    expect(firstSorting({ columns, rows })).toEqual({ key: 1, descending: true });
    expect(nextSorting({ key: 1, descending: true }, 2, columns)).toEqual({ key: 2, descending: false });
    expect(nextSorting({ key: 2, descending: false }, 2, columns)).toEqual({ key: 2, descending: true });
    expect(nextSorting({ key: 2, descending: false }, 'space', columns)).toEqual({ key: 'space', descending: false });
  });

  it('are called by method, preset and what tells them apart', () => {
    expect(rowName(rows[2])).toBe('VAE · paper · latentDim=10');
  });
});

describe('goodness', () => {
  it('runs from the worst to the best of each column that has a direction', () => {
    expect(goodness(columns, rows)).toEqual([
      [null, expect.closeTo(0.5), 0],
      [null, 1, null],
      [null, 0, 1],
    ]);
  });

  it('tells nothing where all figures are equal', () => {
    expect(goodness(columns, [rows[0]])).toEqual([[null, null, null]]);
  });
});

describe('words', () => {
  it('name spaces as people do', () => {
    expect(['latent', 'tsne-2d', 'denoised-umap-3d', 'own'].map(spaceTitle)).toEqual([
      'Latent',
      't-SNE 2-D',
      'UMAP 3-D of denoised',
      'own',
    ]);
  });

  it('tell the protocol of a figure', () => {
    const protocol = {
      kind: 'clustering',
      clustering: { k: 9, seed: 1 },
      picture: null,
      nLabels: 9,
      nObs: 2638,
      silhouetteObs: 2638,
    };
    expect(protocolLines({ clustering: 'kmeans', protocol })).toEqual([
      '2,638 cells, 9 labels',
      'k-means: k 9, seed 1',
      'Measured for the silhouette: 2638',
    ]);
  });
});
