import { describe, expect, it } from 'vitest';
import type { ScoreRow } from '../../projects/project.types.ts';
import type { Recipe } from '../../preprocess/recipe.ts';
import { buildScoreTable } from './build-score-table.ts';
import { renderScoreTableDelimited } from './render-delimited.ts';
import { renderScoreTableJson } from './render-json.ts';
import { renderScoreTableLatex } from './render-latex.ts';
import { renderScoreTableForTerminal } from './render-terminal.ts';
import type { ScoredRun, ScoreTable } from './score-table.types.ts';

const recipe = { version: 1 } as unknown as Recipe;

function run(id: number, method: string, seed: number, changes: Partial<ScoredRun> = {}): ScoredRun {
  return {
    id,
    name: `${method} ${id}`,
    datasetId: 1,
    method,
    preset: 'paper',
    parameters: { latentDim: 6 },
    recipe,
    seed,
    ...changes,
  };
}

function score(runId: number, metric: string, value: number, changes: Partial<ScoreRow> = {}): ScoreRow {
  return {
    runId,
    space: 'latent',
    clustering: 'kmeans',
    metric,
    value,
    labels: 'cell_type',
    seed: 0,
    protocol: {},
    wallSeconds: 1,
    ...changes,
  };
}

function example(): ScoreTable {
  return buildScoreTable({
    runs: [run(1, 'ae', 1), run(2, 'ae', 2), run(3, 'ae', 3), run(4, 'pca', 0), run(5, 'vae_b', 1)],
    scores: [
      ...[0.6, 0.7, 0.8].map((value, at) => score(at + 1, 'ari', value)),
      ...[1, 2, 3].map((id) => score(id, 'mse', 0.5, { clustering: 'none', labels: '' })),
      score(4, 'ari', 0.65),
      score(5, 'ari', 0.61),
      score(5, 'nmi', NaN),
      score(99, 'ari', 1),
    ],
    methodTitles: new Map([['ae', 'Autoencoder']]),
    datasetNames: new Map([[1, '日本, "PBMC"']]),
    floorMethods: new Set(['pca']),
  });
}

describe('buildScoreTable', () => {
  it('averages runs that differ only in the seed, with ddof 1', () => {
    const row = example().rows.find((other) => other.method === 'ae' && other.clustering === 'kmeans')!;
    expect(row.runIds).toEqual([1, 2, 3]);
    expect(row.seeds).toEqual([1, 2, 3]);
    const cell = row.cells[example().columns.findIndex((column) => column.metric === 'ari')]!;
    expect(cell.mean).toBeCloseTo(0.7, 12);
    expect(cell.sd).toBeCloseTo(0.1, 12);
    expect(cell).toMatchObject({ n: 3, best: true, beatsFloor: true });
  });

  it('marks methods that do not beat the floor, never the floor itself', () => {
    const table = example();
    const at = table.columns.findIndex((column) => column.metric === 'ari');
    const cellOf = (method: string) =>
      table.rows.find((row) => row.method === method && row.clustering === 'kmeans')!.cells[at];
    expect(cellOf('vae_b')).toMatchObject({ mean: 0.61, sd: null, beatsFloor: false, best: false });
    expect(cellOf('pca')).toMatchObject({ beatsFloor: null, best: false });
    expect(table.rows.map((row) => row.isFloor)).toEqual([false, false, false, true]);
  });

  it('leaves out what is not a number and runs that are not asked for', () => {
    expect(
      example()
        .columns.map((column) => column.metric)
        .sort(),
    ).toEqual(['ari', 'mse']);
    expect(example().rows).toHaveLength(4);
  });

  it('compares with the floor of the same space and clustering where there is one', () => {
    const table = buildScoreTable({
      runs: [run(1, 'ae', 1), run(2, 'pca', 1)],
      scores: [
        score(1, 'ari', 0.7),
        score(2, 'ari', 0.6),
        score(2, 'ari', 0.75, { clustering: 'leiden' }),
        score(1, 'ari', 0.7, { clustering: 'leiden' }),
      ],
      floorMethods: new Set(['pca']),
    });
    const beats = table.rows
      .filter((row) => row.method === 'ae')
      .map((row) => [row.clustering, row.cells[0]!.beatsFloor]);
    expect(beats).toEqual([
      ['kmeans', true],
      ['leiden', false],
    ]);
  });

  it('takes lower errors as better', () => {
    const table = buildScoreTable({
      runs: [run(1, 'ae', 1), run(2, 'mean', 1)],
      scores: [score(1, 'mse', 0.3), score(2, 'mse', 0.2)],
      floorMethods: new Set(['mean']),
    });
    expect(table.rows.map((row) => [row.method, row.cells[0]!.best, row.cells[0]!.beatsFloor])).toEqual([
      ['ae', false, false],
      ['mean', true, null],
    ]);
  });

  it('keeps runs apart that differ in a parameter or the recipe, and says in what', () => {
    const other = { version: 1, hvg: 2000 } as unknown as Recipe;
    const table = buildScoreTable({
      runs: [run(1, 'ae', 1), run(2, 'ae', 1, { parameters: { latentDim: 10 } }), run(3, 'ae', 1, { recipe: other })],
      scores: [score(1, 'ari', 0.1), score(2, 'ari', 0.2), score(3, 'ari', 0.3)],
    });
    expect(table.rows.map((row) => [row.runIds[0], row.variant]).sort()).toEqual([
      [1, 'latentDim=6, recipe 1'],
      [2, 'latentDim=10, recipe 1'],
      [3, 'latentDim=6, recipe 2'],
    ]);
  });

  it('keeps two label columns in two columns', () => {
    const table = buildScoreTable({
      runs: [run(1, 'ae', 1)],
      scores: [score(1, 'ari', 0.1), score(1, 'ari', 0.2, { labels: 'region' })],
    });
    expect(table.columns.map((column) => column.title)).toEqual(['ARI (cell_type)', 'ARI (region)']);
  });
});

it('keeps protocols apart, and compares within one', () => {
  const protocol = (kind: string, seed: number) => ({ kind, seed, trainShare: 0.8, testShare: 0.2, mutedShare: 0.7 });
  const runs = [
    run(1, 'AE', 1, { protocol: protocol('gene-imputation', 1) }),
    run(2, 'AE', 2, { protocol: protocol('gene-imputation', 2) }),
    run(3, 'AE', 1, { protocol: protocol('spatial-imputation', 1) }),
    run(4, 'mean', 1, { protocol: protocol('spatial-imputation', 1) }),
    run(5, 'mean', 1, { protocol: protocol('gene-imputation', 1) }),
  ];
  const score = (runId: number, space: string, value: number): ScoreRow => ({
    runId,
    space,
    clustering: 'none',
    metric: 'mse',
    value,
    labels: '',
    seed: 1,
    protocol: {},
    wallSeconds: 0,
  });
  const scores = [
    score(1, 'all entries', 3),
    score(2, 'all entries', 5),
    score(3, 'held-out', 1),
    score(4, 'held-out', 2),
    score(5, 'all entries', 2),
    score(1, 'muted', 9),
  ];
  const { rows } = buildScoreTable({ scores, runs, floorMethods: new Set(['mean']) });
  const found = rows.map(({ protocol: text, method, space, cells: [cell] }) => [
    text.split(',')[0],
    method,
    space,
    cell?.mean,
    cell?.best,
    cell?.beatsFloor,
  ]);
  expect(found).toEqual([
    ['gene imputation', 'AE', 'all entries', 4, false, false],
    ['gene imputation', 'AE', 'muted', 9, true, null],
    ['gene imputation', 'mean', 'all entries', 2, true, null],
    ['spatial imputation', 'AE', 'held-out', 1, true, true],
    ['spatial imputation', 'mean', 'held-out', 2, false, null],
  ]);
});

describe('renderers', () => {
  it('draws an aligned table with marks and a legend', () => {
    const text = renderScoreTableForTerminal(example());
    const lines = text.split('\n');
    expect(lines[0]).toMatch(/^Method +Space +Clustering +Runs +MSE +ARI$/);
    expect(text).toContain('0.700 ± 0.100*');
    expect(text).toContain('0.610↓');
    expect(text).toContain('pca (floor)');
    expect(text).toContain('labels: cell_type');
    const column = lines.find((line) => line.includes('0.610'))!.indexOf('0.610');
    expect(lines.find((line) => line.includes('0.650'))!.indexOf('0.650')).toBe(column);
    expect(renderScoreTableForTerminal({ columns: [], rows: [] })).toBe('No scores yet.\n');
  });

  it('writes CSV and TSV that keep every digit and quote what needs it', () => {
    const csv = renderScoreTableDelimited(example(), ',');
    const [header, ...lines] = csv.trimEnd().split('\n');
    expect(header.split(',').slice(0, 10)).toEqual([
      'dataset',
      'protocol',
      'method',
      'preset',
      'variant',
      'space',
      'clustering',
      'floor',
      'runs',
      'seeds',
    ]);
    expect(lines).toHaveLength(4);
    expect(csv).toContain('"日本, ""PBMC"""');
    const tsv = renderScoreTableDelimited(example(), '\t')
      .slice(0, -1)
      .split('\n')
      .map((line) => line.split('\t'));
    expect(new Set(tsv.map((line) => line.length)).size).toBe(1);
    const ari = tsv[0].indexOf('ari');
    const ae = tsv.find((line) => line[2] === 'ae' && line[6] === 'kmeans')!;
    expect(Number(ae[ari])).toBeCloseTo(0.7, 15);
    expect(Number(ae[ari + 1])).toBeCloseTo(0.1, 14);
    expect(ae.slice(ari + 2, ari + 4)).toEqual(['3', 'true']);
  });

  it('does not hand a spreadsheet a formula', () => {
    const table = example();
    table.rows[0].dataset = '=HYPERLINK("x")';
    expect(renderScoreTableDelimited(table, '\t')).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('writes LaTeX with booktabs and escapes names', () => {
    const tex = renderScoreTableLatex(example());
    expect(tex).toContain('\\toprule');
    expect(tex).toContain('$\\mathbf{0.700 \\pm 0.100}$');
    expect(tex).toContain('vae\\_b');
    expect(tex).toContain('\\textit{pca}');
    expect(tex).toContain('\\textcolor{gray}{$0.610$}');
    expect(tex).toContain('ARI $\\uparrow$');
    const widths = tex
      .split('\n')
      .filter((line) => line.endsWith('\\\\'))
      .map((line) => line.split(' & ').length);
    expect(new Set(widths).size).toBe(1);
  });

  it('gives JSON that reads back as the table', () => {
    expect(JSON.parse(renderScoreTableJson(example()))).toEqual(example());
  });
});
