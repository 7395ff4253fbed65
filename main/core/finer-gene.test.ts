import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SuperResolveResult } from '../jobs/job-results.ts';
import type { Project } from '../projects/project.types.ts';
import { simulate } from '../simulate/simulate.ts';
import { denoisedGene } from './denoised-gene.ts';
import { finerGene } from './finer-gene.ts';
import { LacunaCore } from './lacuna-core.ts';

const core = new LacunaCore();
const folder = mkdtempSync(join(tmpdir(), 'lacuna-finer-'));
let project: Project;
let datasetId: number;

beforeAll(async () => {
  project = core.createProject(join(folder, 'tissue.lacuna'));
  const source = simulate({ cells: 256, genes: 40, types: 3, counts: 900, spatial: true, seed: 8 });
  datasetId = (await project.datasets.import(source)).id;
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a gene between the spots', () => {
  it('goes through what the run denoised at the spots, and is kept with the run', async () => {
    const set = { epochs: 8, hiddenLayers: '32', sigma: 1 };
    const { run, job } = core.startRun(project, { datasetId, method: 'ffn', preset: 'paper', set });
    await core.waitFor(job.id);
    expect(project.runs.get(run.id).hasField).toBe(true);
    const gene = project.runs.axes(run.id).varIndex[3];
    const ask = async (): Promise<SuperResolveResult> => {
      const asked = core.superResolve(project, { runId: run.id, gene, factor: 2 });
      return (await core.waitFor(asked.id)).result as SuperResolveResult;
    };
    expect(await ask()).toMatchObject({ cached: false });
    const places = finerGene(project, run.id, gene, 2, 'log');
    expect(places.nDim).toBe(4);
    const denoised = await denoisedGene(project, run.id, gene, 'log');
    const n = places.values.length / 4;
    expect(n).toBeGreaterThan(2 * denoised.length);
    // Neighbouring places differ little from the spot between them, measured by how much spots differ.
    const mean = denoised.reduce((sum, value) => sum + value, 0) / denoised.length;
    let [away, spread] = [0, 0];
    for (let i = 0; i < n; i++) {
      const spot = places.values[4 * i + 2];
      away += (places.values[4 * i + 3] - denoised[spot]) ** 2 / n;
      spread += (denoised[spot] - mean) ** 2 / n;
    }
    expect(spread).toBeGreaterThan(0);
    expect(away).toBeLessThan(0.5 * spread);
    expect(await ask()).toMatchObject({ cached: true, nPlaces: n });
  });

  it('is refused by runs that know only their spots', async () => {
    const { run, job } = core.startRun(project, { datasetId, method: 'knn-10' });
    await core.waitFor(job.id);
    expect(project.runs.get(run.id).hasField).toBe(false);
    expect(() => finerGene(project, run.id, 3, 2, 'log')).toThrow('not predicted this gene');
    const asked = core.superResolve(project, { runId: run.id, gene: 3, factor: 2 });
    await expect(core.waitFor(asked.id)).rejects.toThrow('no function of position');
  });
});
