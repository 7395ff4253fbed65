import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { madeDataset } from '../jobs/fixtures/made-dataset.ts';
import type { Project } from '../projects/project.types.ts';
import { denoisedGene } from './denoised-gene.ts';
import { LacunaCore } from './lacuna-core.ts';
import { observedGene } from './observed-gene.ts';
import { putLabels } from './put-labels.ts';

let folder: string;
let core: LacunaCore;
let project: Project;
let dataset: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-labels-'));
  core = new LacunaCore();
  project = core.createProject(join(folder, 'made.lacuna'));
  dataset = (await project.datasets.import(madeDataset())).id;
});

afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a selection with a name', () => {
  it('becomes an obs column', () => {
    const info = putLabels(project, dataset, {
      column: 'niche',
      groups: [
        { name: 'edge', obs: [0, 3, 4] },
        { name: 'core', obs: [1, 4] },
      ],
      replace: false,
    });
    expect(info.obsColumns.at(-1)).toMatchObject({ name: 'niche', kind: 'categorical', nCategories: 2 });
    const column = project.datasets.obs(dataset).columns.at(-1);
    expect(column?.kind === 'categorical' && [...column.codes.slice(0, 6)]).toEqual([0, 1, -1, 0, 1, -1]);
  });

  it('takes no name that is there already, unless it replaces it', () => {
    const labels = { column: 'niche', groups: [{ name: 'edge', obs: [0] }], replace: false };
    putLabels(project, dataset, labels);
    expect(() => putLabels(project, dataset, labels)).toThrow('There is a column "niche" already');
    expect(() => putLabels(project, dataset, { ...labels, replace: true })).not.toThrow();
  });

  it('lies within the dataset', () => {
    const groups = [{ name: 'x', obs: [1_000_000] }];
    expect(() => putLabels(project, dataset, { column: 'x', groups, replace: false })).toThrow('Observation 1000000');
  });
});

describe('a gene as measured', () => {
  it('is on the scale of the denoised one: a PCA with every component gives it back', async () => {
    const nVar = project.datasets.get(dataset).nVar;
    const { run, job } = core.startRun(project, { method: 'pca', set: { nComponents: Math.min(50, nVar - 1) } });
    await core.waitFor(job.id);
    const { obsIndex, varIndex } = project.runs.axes(run.id);
    const gene = varIndex[0];
    const counts = observedGene(project, run.id, gene, 'counts');
    expect([...counts]).toEqual(Array.from(obsIndex, (obs) => project.datasets.gene(dataset, gene)[obs]));
    const log = observedGene(project, run.id, gene, 'log');
    const normalised = observedGene(project, run.id, gene, 'normalised');
    log.forEach((value, i) => expect(value).toBeCloseTo(Math.log1p(normalised[i]), 5));
    const denoised = await denoisedGene(project, run.id, gene, 'log');
    expect(correlation(log, denoised)).toBeGreaterThan(0.9);
    const ratio = mean(log) / mean(denoised);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
    expect(() => observedGene(project, run.id, gene, 'model')).toThrow('no scale of the model');
  });
});

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(a: Float32Array, b: Float32Array): number {
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
