import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ScoreResult } from '../../jobs/job-results.ts';
import type { Project } from '../../projects/project.types.ts';
import { simulate } from '../../simulate/simulate.ts';
import { LacunaCore } from '../lacuna-core.ts';
import { batchChoices } from './batch-choices.ts';
import { projectScoreTable } from './project-score-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'lacuna-batches-'));
const core = new LacunaCore();
let project: Project;
let datasetId: number;

beforeAll(async () => {
  project = core.createProject(join(folder, 'made.lacuna'));
  const source = simulate({ cells: 240, genes: 80, types: 3, counts: 900, batches: 2, seed: 3 });
  datasetId = (await project.datasets.import(source)).id;
  await core.waitFor(core.startRun(project, { datasetId, method: 'pca', seed: 1 }).job.id);
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

it('recognises the column of batches', () => {
  const { columns, best } = batchChoices(project, datasetId);
  expect(best).toBe('batch');
  expect(columns).toContainEqual({ name: 'batch', nGroups: 2 });
});

it('stores the mixing of batches apart from the agreement with labels', async () => {
  const job = await core.waitFor(core.checkBatches(project, { batch: 'batch' }).id);
  const { rows } = job.result as ScoreResult;
  expect(rows.map(({ metric, labels, space }) => [metric, labels, space])).toEqual([
    ['ilisi', 'batch', 'latent'],
    ['silhouette_batch', 'batch', 'latent'],
    ['kbet_accept', 'batch', 'latent'],
  ]);
  for (const { value, protocol } of rows) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1.1);
    expect(protocol).toMatchObject({ batches: 'batch', nBatches: 2, nObs: 240, kbet: { k: 30, alpha: 0.05 } });
  }
  expect(projectScoreTable(project, {}).table.rows).toEqual([]);
  const { table, labels } = projectScoreTable(project, { batches: 'batch' });
  expect(labels).toEqual(['batch']);
  expect(table.columns.map(({ title }) => title)).toEqual(['iLISI', 'Silhouette of batches', 'kBET acceptance']);
  expect(table.rows).toMatchObject([{ method: 'pca', isFloor: true, space: 'latent' }]);
});

it('says which columns there are', () => {
  expect(() => core.checkBatches(project, { batch: 'lane' })).toThrow(
    'No dataset with a finished run has a column "lane"',
  );
});
