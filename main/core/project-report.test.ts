import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExportResult, ImportResult } from '../jobs/job-results.ts';
import type { Project } from '../projects/project.types.ts';
import { simulate } from '../simulate/simulate.ts';
import { writeSimulated } from '../simulate/write-simulated.ts';
import { LacunaCore } from './lacuna-core.ts';

let folder: string;
let core: LacunaCore;
let project: Project;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-report-'));
  core = new LacunaCore();
  project = core.createProject(join(folder, 'p.lacuna'), 'A project');
  await writeSimulated(
    join(folder, 'tissue.h5ad'),
    simulate({ cells: 120, genes: 60, types: 3, seed: 1, spatial: true }),
  );
  const job = core.importInto(project, { paths: [join(folder, 'tissue.h5ad')], name: 'tissue' });
  const { datasets } = (await core.waitFor(job.id)).result as ImportResult;
  const { recipe } = project.recipes.current(datasets[0].id);
  project.recipes.put(datasets[0].id, {
    ...recipe,
    filter: { ...recipe.filter, obs: { ...recipe.filter.obs, minGenes: 5 } },
  });
  for (const seed of [1, 2]) {
    const { run, job: training } = core.startRun(project, { method: 'pca', set: { nComponents: 5 }, seed });
    await core.waitFor(training.id);
    await core.waitFor(core.embed(project, { runId: run.id, method: 'pca', nDim: 2 }).id);
    await core.waitFor(core.score(project, { runIds: [run.id], spaces: ['latent'], clusterings: ['kmeans'] }).id);
  }
}, 120_000);
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

async function report(
  name: string,
  choice: { reportDatasets?: number[]; reportRuns?: number[] } = {},
): Promise<string> {
  const out = join(folder, name);
  const job = core.export(project, { what: 'report', out, ...choice });
  const { files } = (await core.waitFor(job.id)).result as ExportResult;
  expect(files).toEqual([out]);
  return readFileSync(out, 'utf8');
}

it('tells of a whole project, and the same again but for the date', async () => {
  const html = await report('a.html');
  for (const words of [
    'A project',
    'tissue.h5ad',
    '120 spots × 60 genes',
    'at least 5',
    'PCA of the latent, coloured by region.',
    'PCA of the latent, coloured by kmeans_latent.',
    'Map of the tissue, coloured by kmeans_latent.',
    'lacuna prepare --none --min-genes 5',
    '--method pca --preset lacuna --set nComponents=5 --seed 2',
    '--spaces latent --clusterings kmeans',
    'It was repeated with the seeds 1 and 2.',
  ])
    expect(html).toContain(words);
  // The fingerprint of the file as it was imported, and nobody's folders.
  expect(html).toMatch(/tissue\.h5ad<\/th><td>[\d,]+ bytes<\/td><td class="hash">[0-9a-f]{64}</);
  expect(html).not.toContain(folder);
  const undated = (text: string): string => text.replace(/<time datetime="[^"]+">[^<]+<\/time>/, '');
  expect(undated(await report('b.html'))).toBe(undated(html));
}, 60_000);

it('tells of a benchmark: its table, and the file that repeats it', async () => {
  const { jobs } = core.startBenchmark(project, {
    title: 'Muted',
    datasets: [{ dataset: project.datasets.list()[0].id }],
    methods: [{ method: 'train-mean' }],
    protocols: [{ kind: 'gene-imputation' }],
    seeds: [1],
  });
  for (const job of jobs) await core.waitFor(job.id);
  const html = await report('benchmark.html');
  expect(html).toContain('<h3>Benchmark: Muted</h3>');
  expect(html).toContain('gene imputation, 70 % muted');
  expect(html).toContain('lacuna benchmark muted.json --project a-project.lacuna');
  expect(html).toMatch(/<th scope="col">MSE[^<]* ↓<\/th>/);
}, 120_000);

it('tells of the runs that were chosen alone', async () => {
  const [first, second] = project.runs.list().toSorted((a, b) => a.id - b.id);
  const html = await report('one.html', { reportRuns: [second.id] });
  expect(html).toContain(`id="run-${second.id}"`);
  expect(html).not.toContain(`id="run-${first.id}"`);
  expect(await report('none.html', { reportDatasets: [99] })).toContain('There is no finished run in this report.');
}, 60_000);
