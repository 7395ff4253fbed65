import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulate } from '../../simulate/simulate.ts';
import type { Project } from '../../projects/project.types.ts';
import { LacunaCore } from '../lacuna-core.ts';
import { openSample } from './open-sample.ts';
import { SampleCache } from './sample-cache.ts';

let folder: string;
let core: LacunaCore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-sample-'));
  core = new LacunaCore();
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
});

/** As the real one, with less to wait for. */
async function makeSmall(
  _core: LacunaCore,
  project: Project,
): Promise<{ datasetId: number; runIds: number[]; jobIds: string[] }> {
  const dataset = await project.datasets.import(simulate({ cells: 40, genes: 30, types: 2 }));
  const { run, job } = core.startRun(project, { datasetId: dataset.id, method: 'train-mean' });
  return { datasetId: dataset.id, runIds: [run.id], jobIds: [job.id] };
}

test('the first is made, later ones are finished copies, each a project of its own', async () => {
  const cache = new SampleCache(join(folder, 'config'));
  const pattern = join(folder, 'config', 'sample', 'simulated-tissue-1.lacuna');
  const first = await openSample(core, join(folder, 'projects'), cache, makeSmall);
  expect(first.jobIds).toHaveLength(1);
  expect((await core.jobs.whenOver(first.jobIds[0])).state).toBe('done');
  await expect.poll(() => existsSync(pattern), { timeout: 20_000 }).toBe(true);

  const second = await openSample(core, join(folder, 'projects'), cache, makeSmall);
  expect(second).toMatchObject({ datasetId: first.datasetId, runIds: first.runIds, jobIds: [] });
  expect(basename(second.project.path)).toBe('Simulated tissue 2.lacuna');
  expect(second.project.info()).toMatchObject({ title: 'Simulated tissue' });
  expect(second.project.info().uuid).not.toBe(first.project.info().uuid);
  expect(second.project.runs.get(second.runIds[0]).state).toBe('done');
});

test('a pattern that cannot be read is made anew', async () => {
  writeFileSync(join(folder, 'config', 'sample', 'simulated-tissue-1.lacuna'), 'not a project');
  const third = await openSample(core, join(folder, 'projects'), new SampleCache(join(folder, 'config')), makeSmall);
  expect(third.jobIds).toHaveLength(1);
  await core.jobs.whenOver(third.jobIds[0]);
});
