import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadExpression } from '../jobs/tasks/load-expression.ts';
import { createDenoisedReader } from '../methods/denoised/denoised-reader.ts';
import { RECIPE_PRESETS } from '../preprocess/recipe-presets.ts';
import type { Project } from '../projects/project.types.ts';
import type { Protocol } from '../protocols/protocol.ts';
import { simulate } from '../simulate/simulate.ts';
import { denoisedGene } from './denoised-gene.ts';
import { LacunaCore } from './lacuna-core.ts';

const core = new LacunaCore();
const folder = mkdtempSync(join(tmpdir(), 'lacuna-denoised-gene-'));
let project: Project;
let datasetId: number;

beforeAll(async () => {
  project = core.createProject(join(folder, 'tissue.lacuna'));
  const source = simulate({ cells: 200, genes: 50, types: 3, counts: 900, spatial: true, seed: 6 });
  datasetId = (await project.datasets.import(source)).id;
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('one gene of a run that averages neighbours', () => {
  it.each([
    [{ kind: 'clustering' }, 'log'],
    [{ kind: 'clustering' }, 'zscore'],
    [{ kind: 'spatial-imputation', trainShare: 0.8, testShare: 0.2, seed: 2 }, 'suica'],
    [{ kind: 'gene-imputation', mutedShare: 0.5, seed: 2 }, 'suica'],
  ] as [Protocol, string][])('is what averaging the whole matrix gives: %j, %s', async (protocol, recipeId) => {
    const recipe = RECIPE_PRESETS.find(({ id }) => id === recipeId)!.recipe;
    const { run, job } = core.startRun(project, { datasetId, method: 'knn-10', recipe, protocol, seed: 1 });
    await core.waitFor(job.id);
    const source = await loadExpression(project, { datasetId, recipe, protocol });
    const gene = 7;
    const wanted = createDenoisedReader(project.runs.denoised(run.id), source).gene(gene);
    const found = await denoisedGene(project, run.id, source.varIndex[gene], 'model');
    expect(found.length).toBe(wanted.length);
    expect(wanted.some((value) => value !== wanted[0])).toBe(true);
    found.forEach((value, i) => expect(Math.abs(value - wanted[i])).toBeLessThan(1e-4 * (1 + Math.abs(wanted[i]))));
  });
});
