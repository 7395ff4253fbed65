import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../../preprocess/recipe.ts';
import { embeddingFigure } from '../figures/embedding-figure.ts';
import { lossFigure } from '../figures/loss-figure.ts';
import { spreadFigure } from '../figures/spread-figure.ts';
import type { ReportData, ReportRun } from './report-data.ts';
import { reportHtml } from './report-html.ts';

const spread = spreadFigure({
  title: 'Counts per cell',
  unit: 'counts',
  edges: [1, 10, 100, 1000],
  counts: [2, 30, 8],
  log: true,
  min: 5,
  max: null,
  noun: 'cells',
});
const losses = lossFigure({
  title: 'Loss by epoch',
  history: [1, 2, 3].map((epoch) => ({ epoch, train: { total: 4 / epoch }, heldOut: { total: 5 / epoch } })),
});

function run(id: number, seed: number, repeats: number | null): ReportRun {
  return {
    id,
    name: `AE <paper> seed ${seed}`,
    datasetId: 1,
    startedAt: '2026-11-21T04:00:00.000Z',
    protocol: '',
    repeats,
    description: {
      dataset: { name: 'A & B', nObs: 40, nVar: 20, format: '10x', provenance: {} },
      observation: 'cell',
      recipe: recipeSchema.parse({}),
      kept: { nObs: 40, nVar: 20 },
      method: {
        id: 'ae',
        title: 'Autoencoder',
        paper: { title: 'A paper', authors: 'Doe, J.', year: 2020, venue: 'Journal', doi: '10.1/x' },
        preset: 'paper',
        parameters: { epochs: 20, residuals: true },
        presetParameters: { epochs: 200, residuals: true },
        labels: { epochs: { label: 'Epochs', unit: 'epochs' }, residuals: { label: 'Residuals' } },
      },
      seed,
      device: 'CPU',
      wallSeconds: 3,
      versions: { Lacuna: '0.1.0' },
      summary: { epochs: 20 },
      scores: [],
    },
    figures: [
      {
        caption: 'UMAP of the latent, coloured by type.',
        svg: embeddingFigure({
          title: 'UMAP',
          axes: 'UMAP',
          nDim: 2,
          values: Float32Array.of(0, 0, 1, 1, 2, 0),
          colour: { kind: 'categorical', label: 'type', codes: [0, 0, 1], categories: ['T', 'B'] },
          pointsAsImage: true,
        }),
      },
    ],
    losses,
  };
}

const data: ReportData = {
  project: { title: 'Liver <pilot>', uuid: 'u-1', file: 'liver.lacuna', createdAt: '2026-11-20T10:00:00.000Z' },
  lacuna: '0.1.0',
  writtenAt: '2026-11-21T04:50:04.056Z',
  datasets: [
    {
      id: 1,
      name: 'A & B',
      observation: 'cell',
      nObs: 40,
      nVar: 20,
      nnz: 80,
      valueKind: 'counts',
      format: '10x',
      importedAt: '2026-11-20T10:00:00.000Z',
      files: [
        { name: 'a.h5', bytes: 1234, sha256: 'ab'.repeat(32) },
        { name: 'b.csv', bytes: 12, sha256: null },
      ],
      options: { values: 'auto' },
      warnings: ['A warning.'],
      contentSha256: 'cd'.repeat(32),
      columns: [{ name: 'type', kind: 'categorical', groups: 2 }],
      positions: [],
      quality: {
        measures: [
          { title: 'Counts per cell', unit: 'counts', min: 1, median: 20, max: 900, limits: 'at least 5', svg: spread },
        ],
        kept: { obs: 'keeps 38 of 40 cells', var: 'keeps all 20 genes' },
        rules: [{ text: 'counts ≥ 5', kept: 38, total: 40, noun: 'cells' }],
        notes: [],
      },
    },
  ],
  runs: [run(1, 1, null), run(2, 2, 1)],
  tables: [
    {
      title: 'Scores of the runs',
      note: 'Mean ± sd.',
      table: {
        columns: [
          { metric: 'ari', labels: 'type', title: 'ARI', higherIsBetter: true, digits: 3 },
          { metric: 'mse', labels: '', title: 'MSE', higherIsBetter: false, digits: 4 },
        ],
        rows: [0.8, 0.5].map((ari, i) => ({
          datasetId: 1,
          dataset: 'A & B',
          protocol: '',
          method: ['ae', 'pca'][i],
          methodTitle: ['Autoencoder', 'PCA'][i],
          preset: 'paper',
          variant: '',
          space: 'tsne-2d',
          clustering: 'kmeans',
          runIds: [1, 2],
          seeds: [1, 2],
          isFloor: i === 1,
          cells: [
            { mean: ari, sd: 0.1, n: 2, best: i === 0, beatsFloor: null },
            i === 0 ? null : { mean: 0.25, sd: null, n: 1, best: true, beatsFloor: null },
          ],
        })),
      },
    },
  ],
  commands: [{ title: 'A & B', lines: ["lacuna import a.h5 --name 'A & B'"], notes: ['A remark.'] }],
  notes: [],
};
const html = reportHtml(data);

describe('the report of a project', () => {
  it('needs nothing but itself: no address of another site, no script, no file beside it', () => {
    const addresses = [...html.matchAll(/(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !/^(#|data:image\/png;base64,)/.test(address))).toEqual([]);
    expect(html).not.toMatch(/<script|@import|<link/);
    // Namespaces name, they are not asked for.
    expect(
      html.replaceAll('http://www.w3.org/2000/svg', '').replaceAll('http://www.w3.org/1999/xlink', ''),
    ).not.toMatch(/https?:/);
  });

  it('writes names of people as text, whatever stands in them', () => {
    expect(html).toContain('<h1>Liver &lt;pilot&gt;</h1>');
    expect(html).toContain('AE &lt;paper&gt; seed 1');
    expect(html).not.toMatch(/<pilot>|<paper>/);
  });

  it('has headings in order, a header for every column and row, a caption for every table, words for every picture', () => {
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, i) => expect(level).toBeLessThanOrEqual(levels[i] + 1));
    const tables = html.match(/<table[\s\S]*?<\/table>/g)!;
    expect(tables.length).toBeGreaterThan(6);
    for (const table of tables) {
      expect(table).toMatch(/<caption>[^<]+<\/caption>/);
      expect(table).toContain('<th scope="col">');
      for (const row of table.match(/<tbody>[\s\S]*/)![0].match(/<tr>/g) ?? []) expect(row).toBe('<tr>');
      expect(table.match(/<th scope="row"/g)!.length).toBe(table.match(/<tbody>[\s\S]*/)![0].match(/<tr>/g)!.length);
    }
    const pictures = html.match(/<svg[\s\S]*?<\/svg>/g)!;
    expect(pictures).toHaveLength(5);
    for (const picture of pictures)
      expect(picture).toMatch(/role="img"[\s\S]*<title>[^<]+<\/title>\s*<desc>[^<]+<\/desc>/);
  });

  it('gives every name inside the page once, and leads to each', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    for (const [, target] of html.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(target);
  });

  it('tells sizes, checksums, what was kept, changed settings, figures with their spread, and how to repeat it', () => {
    for (const words of [
      '1,234 bytes',
      'ab'.repeat(32),
      'not recorded',
      'cd'.repeat(32),
      'keeps 38 of 40 cells',
      '<td class="changed">20 epochs</td><td>200</td>',
      '<td class="best h9">0.800 ± 0.100</td>',
      '<td class="h0">0.500 ± 0.100</td>',
      'All of it: t-SNE 2-D · k-means.',
      'lacuna import a.h5 --name &#39;A &amp; B&#39;',
      'It was repeated with the seeds 1 and 2.',
      'doi:10.1/x',
    ])
      expect(html).toContain(words);
    // The paper once, although two runs cite it; the settings of a repetition are not told again.
    expect(html.match(/Doe, J\. \(2020\)/g)).toHaveLength(1);
    expect(html.match(/<caption>Settings<\/caption>/g)).toHaveLength(1);
  });

  it('differs in the date alone when it is written again', () => {
    const later = reportHtml({ ...structuredClone(data), writtenAt: '2027-01-01T00:00:00.000Z' });
    expect(later).not.toBe(html);
    expect(
      later
        .replaceAll('2027-01-01T00:00:00.000Z', data.writtenAt)
        .replaceAll('2027-01-01 00:00 UTC', '2026-11-21 04:50 UTC'),
    ).toBe(html);
  });
});
