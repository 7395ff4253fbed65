import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProtocol } from '../../jobs/tasks/load-expression.ts';
import { RECIPE_PRESETS } from '../../preprocess/recipe-presets.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { Project } from '../../projects/project.types.ts';
import type { Protocol } from '../../protocols/protocol.ts';
import { simulate } from '../../simulate/simulate.ts';
import { LacunaCore } from '../lacuna-core.ts';
import { shownGene } from './shown-gene.ts';

const core = new LacunaCore();
const folder = mkdtempSync(join(tmpdir(), 'lacuna-shown-'));
let project: Project;
let datasetId: number;

beforeAll(async () => {
  project = core.createProject(join(folder, 'tissue.lacuna'));
  const source = simulate({ cells: 250, genes: 60, types: 3, counts: 900, spatial: true, seed: 4 });
  datasetId = (await project.datasets.import(source)).id;
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

async function runUnder(protocol: Protocol, recipeId: string): Promise<number> {
  const recipe = RECIPE_PRESETS.find(({ id }) => id === recipeId)!.recipe;
  const { run, job } = core.startRun(project, { datasetId, method: 'train-mean', recipe, protocol, seed: 1 });
  await core.waitFor(job.id);
  return run.id;
}

/** A gene out of the whole matrix, as training and scoring see it, in normalised units. */
function column(source: ExpressionSource, position: number): Float32Array {
  const rows = Uint32Array.from({ length: source.nObs }, (_, i) => i);
  const all = new Float32Array(source.nObs * source.nVar);
  source.denseBatch(rows, all);
  const values = Float32Array.from(rows, (row) => all[row * source.nVar + position]);
  source.undo(values, rows, 'normalised', [position]);
  return values;
}

function expectSame(found: Float32Array, wanted: Float32Array): void {
  expect(found.length).toBe(wanted.length);
  found.forEach((value, i) => expect(Math.abs(value - wanted[i]), `spot ${i}`).toBeLessThan(1e-4 * (1 + wanted[i])));
}

describe('a gene as a protocol showed it', () => {
  it.each([
    [{ kind: 'gene-imputation', mutedShare: 0.6, seed: 3 }, 'suica'],
    [{ kind: 'gene-imputation', mutedShare: 0.3, seed: 3 }, 'log'],
    [{ kind: 'gaussian-noise', sd: 1, seed: 5 }, 'suica'],
    [{ kind: 'gaussian-noise', sd: 0.5, seed: 5 }, 'zscore'],
    [{ kind: 'thinning', keptShare: 0.4, seed: 2 }, 'suica'],
    [{ kind: 'thinning', keptShare: 0.4, seed: 2 }, 'raw'],
  ] as [Protocol, string][])('is what training saw: %j with recipe %s', async (protocol, recipeId) => {
    const runId = await runUnder(protocol, recipeId);
    const { shown, truth } = await loadProtocol(project, project.runs.get(runId));
    for (const position of [0, 7, shown.nVar - 1]) {
      const found = await shownGene(project, runId, shown.varIndex[position], 'normalised');
      expectSame(found.truth, column(truth, position));
      expectSame(found.shown, column(shown, position));
      expect(found.shown).not.toEqual(found.truth);
    }
  });

  it('is blank where a spot was held out', async () => {
    const protocol: Protocol = { kind: 'spatial-imputation', trainShare: 0.6, testShare: 0.2, seed: 1 };
    const runId = await runUnder(protocol, 'log');
    const heldOut = project.runs.heldOut(runId)!.obs!;
    const { shown, truth } = await shownGene(project, runId, 5, 'log');
    expect(heldOut.reduce((sum, out) => sum + out, 0)).toBe(50);
    expect(Array.from(shown, (value) => Number(Number.isNaN(value)))).toEqual(Array.from(heldOut));
    shown.forEach((value, i) => heldOut[i] || expect(value).toBe(truth[i]));
  });

  it('is only there for genes of the run', async () => {
    const runId = await runUnder({ kind: 'thinning', keptShare: 0.5, seed: 1 }, 'log');
    await expect(shownGene(project, runId, 59, 'model')).rejects.toThrow('no scale of the model');
    await expect(shownGene(project, runId, 6000, 'log')).rejects.toThrow();
  });
});
