import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bulkRoutes, fileRoutes } from '../contract/bulk-routes.ts';
import { normalisationSchema } from '../preprocess/recipe.ts';
import { simulate } from '../simulate/simulate.ts';
import { startService, type RunningService } from './testing/running-service.ts';

/** What the screens of the window ask of the server, on a simulated tissue with two runs. */
let service: RunningService;
let uuid: string;
let path: string;
let dataset: number;
let run: number;
let logged: number;

const [nObs, nVar] = [150, 90];
const truth = simulate({ spatial: true, cells: nObs, genes: nVar, types: 3, seed: 4 });

beforeAll(async () => {
  service = await startService();
  const { client, core } = service;
  path = join(service.folder, 'tissue.lacuna');
  uuid = (await client.projects.create({ path, title: 'Tissue' })).uuid;
  const project = core.project(uuid);
  dataset = (await project.datasets.import(truth)).id;
  logged = (await project.datasets.import(asLogarithms())).id;
  const started = await client.runs.start({
    project: uuid,
    dataset,
    method: 'pca',
    parameters: { nComponents: 4 },
    seeds: [1, 2],
  });
  run = started[0].run;
  for (const { job } of started) expect(await service.whenOver(job)).toMatchObject({ state: 'done', error: null });
  const { job } = await client.analysis.score({ project: uuid, spaces: ['latent'], labels: 'region' });
  expect(await service.whenOver(job)).toMatchObject({ state: 'done', error: null });
});
afterAll(() => service.close());

/** The same tissue as somebody would have it who kept only the normalised values. */
function asLogarithms(): ReturnType<typeof simulate> {
  const [counts] = truth.matrices;
  return {
    ...truth,
    name: 'Logarithms',
    matrices: [
      {
        ...counts,
        valueKind: 'nonnegative',
        async *chunks(signal) {
          for await (const chunk of counts.chunks(signal))
            yield { ...chunk, values: chunk.values.map((value) => Math.log1p(value * 3.7)) };
        },
      },
    ],
  };
}

async function array(address: string): Promise<Float64Array> {
  const response = await service.fetch(address);
  expect(response.status, await response.clone().text()).toBe(200);
  expect(response.headers.get('x-lacuna-dtype')).toBe('float64');
  return new Float64Array(await response.arrayBuffer());
}

describe('measures of quality', () => {
  it('come as one value a cell, and agree with the histogram', async () => {
    const counts = await array(bulkRoutes.quality(uuid, dataset, 'counts'));
    const genes = await array(bulkRoutes.quality(uuid, dataset, 'genes'));
    expect(counts.length).toBe(nObs);
    const matrix = service.core.project(uuid).datasets.rows(dataset, 0, nObs);
    counts.forEach((total, i) => {
      const [from, to] = [matrix.indptr[i], matrix.indptr[i + 1]];
      expect(total).toBe(matrix.values.subarray(from, to).reduce((sum, value) => sum + value, 0));
      expect(genes[i]).toBe(to - from);
    });
    const quality = await service.client.datasets.quality({ project: uuid, dataset });
    expect(quality.obs[0]).toMatchObject({ key: 'counts', min: Math.min(...counts), max: Math.max(...counts) });
    const unknown = await service.fetch(bulkRoutes.quality(uuid, dataset, 'luck' as 'counts'));
    expect(unknown.status).toBe(400);
  });

  it('tell what a limit keeps, again and again, as the measures themselves do', async () => {
    const counts = await array(bulkRoutes.quality(uuid, dataset, 'counts'));
    const { recipe } = await service.client.datasets.recipe({ project: uuid, dataset });
    for (const minCounts of [0, 1000, 2000, 1000]) {
      const filter = { ...recipe.filter, obs: { ...recipe.filter.obs, minCounts } };
      const kept = await service.client.datasets.keeps({ project: uuid, dataset, filter });
      expect(kept.obs.kept).toBe(counts.filter((total) => total >= minCounts).length);
    }
  });
});

describe('the preview of a normalisation', () => {
  const preview = (id: number, normalisation: Parameters<typeof normalisationSchema.parse>[0]) =>
    service.client.datasets.preview({
      project: uuid,
      dataset: id,
      normalisation: normalisationSchema.parse(normalisation),
    });

  it('shows values before and after, and which genes are chosen', async () => {
    const seen = await preview(dataset, { librarySize: 'median', variableGenes: 20 });
    expect(seen).toMatchObject({
      nObs,
      nVar,
      nChosen: 20,
      nMeasured: nObs,
      nSampled: nObs,
      valueKind: 'counts',
      looksLogarithmic: false,
      warnings: [],
    });
    const counts = (await array(bulkRoutes.quality(uuid, dataset, 'counts'))).toSorted();
    expect(seen.before.totals[0]).toBe(counts[0]);
    expect(seen.before.totals.at(-1)).toBe(counts.at(-1));
    const spread = ({ totals }: { totals: number[] }) => totals[5] / totals[1];
    expect(spread(seen.after)).toBeLessThan(spread(seen.before));
    expect(seen.after.max).toBeLessThan(seen.before.max);
    expect(seen.before.zeroShare).toBeGreaterThan(0);
    const genes = seen.genes!;
    expect(genes.measure).toBe('Standardised variance');
    expect(genes.chosen.filter(Boolean)).toHaveLength(20);
    const least = Math.min(...genes.variability.filter((_, i) => genes.chosen[i]));
    const most = Math.max(...genes.variability.filter((_, i) => !genes.chosen[i]));
    expect(least).toBeGreaterThanOrEqual(most);
    expect(genes.names[0]).toBe(truth.var.names[genes.index[0]]);
  });

  it('chooses the very genes that a run with that normalisation would use', async () => {
    const normalisation = normalisationSchema.parse({ variableGenes: 25 });
    const seen = await preview(dataset, normalisation);
    const [started] = await service.client.runs.start({ project: uuid, dataset, method: 'train-mean', normalisation });
    expect(await service.whenOver(started.job)).toMatchObject({ state: 'done' });
    const { varIndex } = service.core.project(uuid).runs.axes(started.run);
    expect(seen.genes!.index.filter((_, i) => seen.genes!.chosen[i])).toEqual([...varIndex]);
    await service.client.runs.remove({ project: uuid, run: started.run });
  });

  it('warns of values that look like logarithms already', async () => {
    const again = await preview(logged, {});
    expect(again).toMatchObject({ valueKind: 'nonnegative', looksLogarithmic: true });
    expect(again.warnings[0]).toContain('look like logarithms already');
    expect((await preview(logged, { librarySize: 'none', log1p: false })).warnings.join()).not.toContain(
      'Taking the logarithm',
    );
  });

  it('says in plain words when the filter keeps nothing', async () => {
    const filter = { obs: { minCounts: 1e9 }, var: {} };
    const refused = service.client.datasets.preview({ project: uuid, dataset, normalisation: {}, filter });
    await expect(refused).rejects.toMatchObject({ data: { what: expect.stringContaining('keeps none') } });
  });
});

describe('runs', () => {
  it('are out of date once the dataset is filtered differently, and not after an undo', async () => {
    const { recipe } = await service.client.datasets.recipe({ project: uuid, dataset });
    const outdated = async () => (await service.client.runs.get({ project: uuid, run })).outdated;
    expect(await outdated()).toBe(false);
    const scaled = { ...recipe, normalisation: { ...recipe.normalisation, scale: 'zscore' as const } };
    await service.client.datasets.putRecipe({ project: uuid, dataset, recipe: scaled });
    expect(await outdated()).toBe(false);
    const filter = { ...recipe.filter, var: { ...recipe.filter.var, minCells: 5 } };
    await service.client.datasets.putRecipe({ project: uuid, dataset, recipe: { ...recipe, filter } });
    expect(await outdated()).toBe(true);
    expect((await service.client.runs.list({ project: uuid })).every((info) => info.outdated)).toBe(true);
    await service.client.datasets.undoRecipe({ project: uuid, dataset });
    expect(await outdated()).toBe(false);
  });

  it('cost as much again with every seed', async () => {
    const one = await service.client.methods.estimate({ project: uuid, dataset, method: 'ae' });
    const three = await service.client.methods.estimate({ project: uuid, dataset, method: 'ae', seeds: 3 });
    expect(one.totalSeconds).toBe(one.seconds);
    expect(three.totalSeconds / three.seconds).toBeCloseTo(3);
  });
});

describe('scores', () => {
  it('come as a table, mean and deviation over seeds, and as texts', async () => {
    const answer = await service.client.analysis.table({ project: uuid, texts: ['csv', 'tsv', 'latex'] });
    expect(answer.labels).toEqual(['region']);
    expect(answer.table.rows).toHaveLength(1);
    const [row] = answer.table.rows;
    expect(row).toMatchObject({ method: 'pca', space: 'latent', clustering: 'kmeans', seeds: [1, 2] });
    const scores = await service.client.analysis.scores({ project: uuid });
    const ari = scores.filter((score) => score.metric === 'ari').map((score) => Number(score.value));
    const cell = row.cells[answer.table.columns.findIndex((column) => column.metric === 'ari')]!;
    expect(cell.mean).toBeCloseTo((ari[0] + ari[1]) / 2, 12);
    expect(cell.sd).toBeCloseTo(Math.abs(ari[0] - ari[1]) / Math.SQRT2, 12);
    expect(answer.texts.csv!.split('\n')[1]).toContain(String(cell.mean));
    expect(answer.texts.tsv!.split('\n')[0].split('\t')).toContain('ari');
    expect(answer.texts.latex).toContain('\\toprule');
    expect((await service.client.analysis.table({ project: uuid, runIds: [run] })).table.rows[0].seeds).toEqual([1]);
    expect((await service.client.analysis.table({ project: uuid, labels: 'none such' })).table.rows).toEqual([]);
  });

  it('open as labels against clusters, best matches on the diagonal', async () => {
    const found = await service.client.analysis.confusion({
      project: uuid,
      run,
      space: 'latent',
      clustering: 'kmeans',
    });
    expect(found.labels).toBe('region');
    expect(found.rows).toEqual(['Layer 1', 'Layer 2', 'White matter']);
    expect(found.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(nObs);
    found.counts.forEach((row, i) => {
      const label = truth.labels.filter((code) => code === i).length;
      expect(row.reduce((sum, count) => sum + count, 0)).toBe(label);
    });
    expect(found.matched).toEqual([0, 1, 2]);
    const diagonal = found.counts.reduce((sum, row, i) => sum + row[i], 0);
    expect(found.matchedShare).toBeCloseTo(diagonal / nObs, 12);
    const byId = await service.client.analysis.confusion({
      project: uuid,
      run,
      space: 'latent',
      clustering: found.clustering.id,
    });
    expect(byId).toEqual(found);
    const none = service.client.analysis.confusion({ project: uuid, run, space: 'umap-2d', clustering: 'leiden' });
    await expect(none).rejects.toMatchObject({ status: 404 });
  });
});

describe('downloads', () => {
  it('hand out what an export wrote, and nothing else', async () => {
    const { job } = await service.client.analysis.exportForDownload({
      project: uuid,
      what: 'latent',
      runId: run,
      name: "Réseau 'latent'.csv",
    });
    expect((await service.fetch(fileRoutes.download(job))).status).toBe(404);
    const over = await service.whenOver(job);
    expect(over).toMatchObject({ state: 'done', error: null });
    const answer = await service.fetch(fileRoutes.download(job));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''R%C3%A9seau%20%27latent%27.csv",
    );
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = await answer.text();
    expect(text.trim().split('\n')).toHaveLength(nObs + 1);
    const [written] = (over.result as { files: string[] }).files;
    expect(text).toBe(readFileSync(written, 'utf8'));
    for (const address of [
      fileRoutes.download(job, 1),
      `/download/${job}/-1`,
      `/download/${job}/..%2f..`,
      '/download/job-999/0',
    ]) {
      expect((await service.fetch(address)).status).toBe(404);
    }
  });

  it('hand out a folder as one file', async () => {
    const { job } = await service.client.analysis.exportForDownload({
      project: uuid,
      what: 'denoised',
      format: 'mtx',
      runId: run,
      name: 'denoised',
    });
    expect(await service.whenOver(job)).toMatchObject({ state: 'done' });
    const answer = await service.fetch(fileRoutes.download(job));
    expect(answer.headers.get('content-disposition')).toContain('denoised.tar');
    const tar = Buffer.from(await answer.arrayBuffer());
    expect(tar.toString('latin1', 257, 262)).toBe('ustar');
    expect(tar.toString('latin1')).toContain('denoised/matrix.mtx.gz');
  });

  it('refuse a name that leads elsewhere', async () => {
    const refused = service.client.analysis.exportForDownload({
      project: uuid,
      what: 'latent',
      runId: run,
      name: '../latent.csv',
    });
    await expect(refused).rejects.toMatchObject({ status: 400 });
  });
});

describe('pictures of projects', () => {
  const put = (body: BodyInit, type: string) =>
    service.fetch(bulkRoutes.thumbnail(uuid), { method: 'PUT', body, headers: { 'content-type': type } });
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    deflateSync(Buffer.alloc(100)),
  ]);

  it('are kept with the project and shown while it is closed, without disturbing it', async () => {
    const recent = async () => (await service.client.projects.recent()).find((project) => project.path === path);
    expect(await recent()).toMatchObject({ exists: true, thumbnail: null });
    expect((await put(png, 'image/png')).status).toBe(204);
    const whileOpen = await recent();
    expect(whileOpen!.thumbnail).toBe(bulkRoutes.recentThumbnail(path));
    expect(Buffer.from(await (await service.fetch(whileOpen!.thumbnail!)).arrayBuffer())).toEqual(png);

    const copy = join(service.folder, 'copy.lacuna');
    await service.client.projects.copyTo({ project: uuid, path: copy });
    expect((await service.fetch(bulkRoutes.recentThumbnail(copy))).status).toBe(404);
    const opened = await service.client.projects.open({ path: copy });
    await service.client.projects.close({ project: opened.uuid });
    const bytes = readFileSync(copy);
    const closed = await service.fetch(bulkRoutes.recentThumbnail(copy));
    expect(closed.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await closed.arrayBuffer())).toEqual(png);
    expect(readFileSync(copy)).toEqual(bytes);
    expect(existsSync(`${copy}-wal`)).toBe(false);
  });

  it('may do nothing when they are opened, and must be what they say', async () => {
    expect((await put('<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml')).status).toBe(204);
    const picture = await service.fetch(bulkRoutes.thumbnail(uuid));
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(picture.headers.get('content-security-policy')).toContain('sandbox');
    expect((await put('<html><script>1</script></html>', 'image/svg+xml')).status).toBe(400);
    expect((await put('<svg/>', 'text/html')).status).toBe(400);
    expect((await put(new Uint8Array(2 ** 20 + 1), 'image/png')).status).toBe(400);
  });

  it('are not looked for in files that are not on the recent list', async () => {
    const other = join(service.folder, 'other.lacuna');
    writeFileSync(other, 'not a project');
    expect((await service.fetch(bulkRoutes.recentThumbnail(other))).status).toBe(404);
  });
});

describe('the sample project', () => {
  it('is there at once, with jobs that do the rest', async () => {
    const sample = await service.client.app.sample();
    const path = join(service.folder, 'projects', 'Simulated tissue.lacuna');
    expect(sample).toMatchObject({ ready: false, project: { title: 'Simulated tissue', path } });
    const { uuid: project } = sample.project;
    expect((await service.client.datasets.get({ project, dataset: sample.dataset })).nObs).toBe(1200);
    expect((await service.client.runs.list({ project })).map((info) => info.id)).toEqual(sample.runs);
    const jobs = await Promise.all(sample.jobs.map((job) => service.client.jobs.get({ job })));
    expect(jobs.map((job) => job.kind)).toEqual(['train', 'train', 'embed', 'embed', 'embed', 'score']);
    expect((await service.client.projects.recent())[0].path).toBe(path);
    await service.client.projects.close({ project });
  });

  it('says so when its folder cannot be made', async () => {
    writeFileSync(join(service.folder, 'blocked'), '');
    const settings = JSON.stringify({ folder: join(service.folder, 'blocked', 'in') });
    writeFileSync(join(service.folder, 'home', 'settings.json'), settings);
    await expect(service.client.app.sample()).rejects.toMatchObject({
      data: {
        code: 'no-access',
        what: expect.stringContaining('blocked'),
        remedy: expect.stringContaining('settings'),
      },
    });
  });
});
