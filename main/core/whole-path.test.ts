import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import type { ExportSource } from '../export/export-source.ts';
import { writeTenxH5 } from '../export/tenx-h5/write-tenx-h5.ts';
import { openPath } from '../formats/registry.ts';
import { madeDataset } from '../jobs/fixtures/made-dataset.ts';
import type {
  EmbedResult,
  ExportResult,
  ImportResult,
  JobResults,
  LabelsMatch,
  ScoreResult,
} from '../jobs/job-results.ts';
import type { JobInfo } from '../jobs/job-info.ts';
import { exportSpecSchema } from '../jobs/job-spec.ts';
import type { JobKind } from '../jobs/job-spec.ts';
import { exportResult } from '../jobs/tasks/export-result.ts';
import type { Project } from '../projects/project.types.ts';
import { LacunaCore } from './lacuna-core.ts';
import { runReport } from './run-report.ts';

/**
 * The whole path of a person, in the order of the day, with the real worker process and a real project file: each test
 * goes on where the one before it ended.
 */
let folder: string;
let core: LacunaCore;
let project: Project;
let datasetId: number;
let runs: number[];

const made = madeDataset();
const [labels] = made.obs.columns;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-path-'));
  core = new LacunaCore();
  const asFile: ExportSource = {
    ...made,
    obs: { names: made.obs.names, columns: [] },
    matrices: made.matrices.map((matrix) => ({ ...matrix, storage: 'sparse' })),
  };
  await writeTenxH5(join(folder, 'counts.h5'), asFile);
  // The last cell has no label, and one line belongs to no cell.
  const lines = made.obs.names
    .slice(0, -1)
    .map((name, cell) => `${name},${labels.kind === 'categorical' && labels.categories[labels.codes[cell]]}`);
  writeFileSync(join(folder, 'labels.csv'), ['barcode,cell_type', ...lines, 'nobody,type 1'].join('\n'));
});

afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

async function result<K extends JobKind>(_kind: K, job: JobInfo): Promise<JobResults[K]> {
  return (await core.waitFor(job.id)).result as JobResults[K];
}

test('a file is looked into before anything is stored', async () => {
  const found = await core.inspect(join(folder, 'counts.h5'));
  expect(found).toMatchObject({ format: '10x-h5', nObs: 150, nVar: 40, valueKind: 'counts' });
});

test('it is imported with labels that are joined by barcode', async () => {
  project = core.createProject(join(folder, 'path.lacuna'), 'The whole path');
  const imported: ImportResult = await result(
    'import',
    core.importInto(project, {
      paths: [join(folder, 'counts.h5')],
      labelsPath: join(folder, 'labels.csv'),
      name: 'made',
    }),
  );
  const [dataset] = imported.datasets;
  expect(dataset).toMatchObject({ name: 'made', nObs: 150, nVar: 40 });
  expect(imported.labels[0]).toMatchObject({
    columns: ['cell_type'],
    matched: 149,
    missingFromFile: ['cell-150'],
    missingFromDataset: ['nobody'],
  } satisfies Partial<LabelsMatch>);
  datasetId = dataset.id;
});

test('a failed import leaves nothing behind, not even the files before the bad one', async () => {
  const job = core.importInto(project, { paths: [join(folder, 'counts.h5'), join(folder, 'labels.csv')] });
  await expect(core.waitFor(job.id)).rejects.toMatchObject({ code: 'unknown-format' });
  expect(project.datasets.list().map(({ id }) => id)).toEqual([datasetId]);
});

test('cells are filtered, and methods trained', async () => {
  const { recipe } = project.recipes.current(datasetId);
  project.recipes.put(datasetId, {
    ...recipe,
    filter: { ...recipe.filter, obs: { ...recipe.filter.obs, minCounts: 1 } },
  });
  const set = { epochs: 20, hiddenLayers: '16', latentSize: 4, batchSize: 50 };
  const started = [
    core.startRun(project, { method: 'ae', set, seed: 1 }),
    core.startRun(project, { method: 'ae', set, seed: 2 }),
    core.startRun(project, { method: 'pca' }),
    core.startRun(project, { method: 'train-mean' }),
    core.startRun(project, { method: 'knn-10' }),
  ];
  for (const { job } of started) await core.waitFor(job.id);
  runs = started.map(({ run }) => run.id);
  expect(project.runs.list().map(({ state }) => state)).toEqual(Array(5).fill('done'));
  expect(project.runs.get(runs[0]).recipe.filter.obs.minCounts).toBe(1);
});

test('a latent, a denoised matrix and the data are pictured once', async () => {
  const wish = { runId: runs[0], method: 'umap', parameters: { epochs: 50 } } as const;
  const first: EmbedResult = await result('embed', core.embed(project, wish));
  expect(first).toMatchObject({ nObs: 150, nDim: 2, cached: false });
  expect(await result('embed', core.embed(project, wish))).toMatchObject({
    embeddingId: first.embeddingId,
    cached: true,
  });
  expect(await result('embed', core.embed(project, { ...wish, space: 'denoised', nDim: 3 }))).toMatchObject({
    nDim: 3,
    cached: false,
  });
  expect(await result('embed', core.embed(project, { datasetId, method: 'pca' }))).toMatchObject({
    nObs: 150,
    cached: false,
  });
  expect(project.embeddings.list().map(({ space, kind, nDim }) => `${space} ${kind} ${nDim}`)).toEqual([
    'latent umap 2',
    'denoised umap 3',
    'data pca 2',
  ]);
});

test('runs are scored against the labels; what a method does not have is said', async () => {
  const scored: ScoreResult = await result(
    'score',
    core.score(project, { spaces: ['latent', 'denoised', 'tsne-2d'], clusterings: ['kmeans', 'leiden'] }),
  );
  expect(scored.labels).toBe('cell_type');
  expect(scored.notes.some((note) => note.includes('no latent'))).toBe(true);
  const value = (runId: number, space: string, metric: string) =>
    scored.rows.find(
      (row) => row.runId === runId && row.space === space && row.clustering === 'kmeans' && row.metric === metric,
    )!.value;
  // The groups are plain to see for PCA.
  expect(value(runs[2], 'latent', 'ari')).toBeGreaterThan(0.95);
  expect(value(runs[2], 'latent', 'n_clusters')).toBe(3);
  // Ten neighbours of one kind make a clear mean.
  expect(value(runs[4], 'denoised', 'ari')).toBeGreaterThan(0.9);
  expect(scored.rows.find((row) => row.runId === runs[0])).toMatchObject({
    seed: 1,
    labels: 'cell_type',
    protocol: { clustering: { k: 3 } },
  });
  expect(project.scores.list().length).toBe(scored.rows.length);
  const clusterings = project.clusterings.list().length;
  await result('score', core.score(project, { runIds: [runs[0]] }));
  expect(project.clusterings.list().length).toBe(clusterings);
});

test('a column that cannot be labels is refused with the ones that can', async () => {
  const job = core.score(project, { labels: 'nonsense' });
  await expect(core.waitFor(job.id)).rejects.toMatchObject({
    code: 'not-found',
    remedy: expect.stringContaining('cell_type'),
  });
});

test.each([
  ['denoised', 'denoised.h5ad', {}],
  ['denoised', 'denoised.h5', { scale: 'counts', minValue: 0.01 }],
  ['denoised', 'denoised', { scale: 'normalised' }],
  ['denoised', 'denoised.csv', {}],
  ['latent', 'latent.csv', {}],
  ['latent', 'latent.h5ad', {}],
  ['embedding', 'umap.tsv', { embedding: { method: 'umap', parameters: { epochs: 50 } } }],
  ['clusters', 'clusters.csv', {}],
  ['scores', 'scores.csv', {}],
  ['scores', 'scores.json', {}],
  ['figure', 'labels.svg', {}],
  ['figure', 'gene.svg', { colour: 'gene:Gene1' }],
  ['figure', 'denoised-gene.svg', { colour: 'denoised:Gene1' }],
  ['figure', 'clusters.svg', { colour: 'cluster' }],
  ['figure', 'scores.svg', { figure: 'scores' }],
  ['figure', 'losses.svg', { figure: 'losses' }],
  ['figure', 'wide.svg', { colour: 'gene:Gene1', palette: 'magma', widthMm: 174, embedding: { method: 'umap' } }],
  ['report', 'methods.md', {}],
  ['report', 'methods.json', {}],
] as const)('%s is exported as %s', async (what, name, options) => {
  const out = join(folder, name);
  // In this process: one export through a worker is enough, twenty would be twenty starts of Node.
  const context = {
    project,
    signal: new AbortController().signal,
    report: () => {},
    engine: startEngine,
    checkpointSeconds: 15,
  };
  const runId = what === 'scores' || name === 'scores.svg' ? null : runs[0];
  const exported = await exportResult(
    exportSpecSchema.parse({ kind: 'export', what, out, runId, ...options }),
    context,
  );
  expect(exported.files[0]).toBe(out);
  expect(exported.bytes).toBeGreaterThan(100);
});

test('an export through a worker leaves an existing file as it was, unless it may replace it', async () => {
  const wish = { what: 'latent', out: join(folder, 'latent.csv'), runId: runs[0] } as const;
  const before = readFileSync(wish.out, 'utf8');
  await expect(core.waitFor(core.export(project, wish).id)).rejects.toMatchObject({ code: 'bad-option' });
  const exported: ExportResult = await result(
    'export',
    core.export(project, { ...wish, runId: runs[1], overwrite: true }),
  );
  expect(exported.files).toEqual([wish.out]);
  expect(readFileSync(wish.out, 'utf8')).not.toBe(before);
});

test('what was exported says what it should', async () => {
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  expect(text('latent.csv').split('\n').slice(0, 2)[0]).toBe('barcode,latent_1,latent_2,latent_3,latent_4');
  expect(text('latent.csv').trim().split('\n').length).toBe(151);
  expect(text('clusters.csv')).toMatch(/^barcode,kmeans_latent,leiden_latent/);
  expect(text('labels.svg')).toContain('type 1');
  expect(text('wide.svg')).toContain('width="174mm"');
  // The lightest colour of magma stands at the top of the colour bar.
  expect(text('wide.svg')).toContain('#fcfdbf');
  expect(text('methods.md')).toContain('seed 1');
  expect(JSON.parse(text('methods.json'))).toBeTruthy();
  // What is read before it is saved is what is saved.
  expect(runReport(project, runs[0])).toEqual({ paragraph: text('methods.md'), json: text('methods.json') });
  expect(readdirSync(join(folder, 'denoised')).sort()).toEqual(['barcodes.tsv.gz', 'features.tsv.gz', 'matrix.mtx.gz']);
});

test('the denoised .h5ad is read back with its layers, pictures and provenance', async () => {
  const source = await openPath(join(folder, 'denoised.h5ad'));
  try {
    expect(source).toMatchObject({ nObs: 150, nVar: 40 });
    expect(source.obs.columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cell_type', 'kmeans_latent', 'leiden_latent']),
    );
    expect(source.obsm.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['X_latent', 'X_umap', 'X_tsne', 'X_denoised_umap_3d']),
    );
  } finally {
    source.close();
  }
});

test('everything is there when the project is opened again, in one file', async () => {
  await core.closeProject(project.info().uuid);
  expect(readdirSync(folder).filter((name) => name.startsWith('path.lacuna'))).toEqual(['path.lacuna']);
  project = core.openProject(join(folder, 'path.lacuna'));
  expect(project.info().title).toBe('The whole path');
  expect(project.runs.list().map(({ state }) => state)).toEqual(Array(5).fill('done'));
  expect(project.runs.latent(runs[0])!.values.every(Number.isFinite)).toBe(true);
  expect(project.scores.list().length).toBeGreaterThan(0);
  expect(existsSync(join(folder, 'path.lacuna-wal'))).toBe(true);
});
