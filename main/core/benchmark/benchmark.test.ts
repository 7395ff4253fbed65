import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ScoreResult } from '../../jobs/job-results.ts';
import type { Project } from '../../projects/project.types.ts';
import { temporaryFolder } from '../../projects/testing/temporary-folder.ts';
import { benchmarkSpecSchema } from '../../protocols/benchmark-spec.ts';
import { simulate } from '../../simulate/simulate.ts';
import { LacunaCore } from '../lacuna-core.ts';
import { estimateBenchmark } from './estimate-benchmark.ts';
import { planBenchmark } from './plan-benchmark.ts';
import { viewBenchmark } from './view-benchmark.ts';

const open: LacunaCore[] = [];
afterEach(async () => {
  for (const core of open.splice(0)) await core.close();
});

async function tissue(): Promise<{ core: LacunaCore; project: Project; datasetId: number }> {
  const core = new LacunaCore();
  open.push(core);
  const project = core.createProject(join(temporaryFolder(), 'tissue.lacuna'));
  const source = simulate({ cells: 600, genes: 100, types: 3, spatial: true, dropout: 0, seed: 2 });
  const { id: datasetId } = await project.datasets.import(source);
  return { core, project, datasetId };
}

describe('a benchmark', () => {
  it('plans every combination that is possible, and says what is not', async () => {
    const { project, datasetId } = await tissue();
    const spec = benchmarkSpecSchema.parse({
      datasets: [{ dataset: datasetId }],
      methods: [{ method: 'pca' }],
      protocols: [{ kind: 'spatial-imputation' }, { kind: 'gene-imputation' }],
      seeds: [1, 2],
      recipe: 'log',
    });
    const { runs, notes } = planBenchmark(project, spec);
    // Spatial: two floors; genes: PCA, which is a floor too, and the same two; twice for the seeds.
    expect(runs).toHaveLength(2 * 2 + 3 * 2);
    expect(runs.every(({ seed, protocol }) => 'seed' in protocol && protocol.seed === seed)).toBe(true);
    expect(estimateBenchmark(project, spec)).toMatchObject({ nRuns: runs.length, notes });
    expect(notes).toEqual([expect.stringContaining('cannot predict a spot')]);
    expect(() => planBenchmark(project, { ...spec, recipe: 'soup' })).toThrow("no recipe 'soup'");
    expect(() => planBenchmark(project, { ...spec, methods: [{ method: 'soup', set: {} }] })).toThrow('soup');
  });

  it('does not thin what is no counts', async () => {
    const { project } = await tissue();
    const source = simulate({ cells: 50, genes: 30, types: 2, seed: 3 });
    const matrices = source.matrices.map((matrix) => ({ ...matrix, valueKind: 'nonnegative' as const }));
    const { id: dataset } = await project.datasets.import({ ...source, name: 'scaled', matrices });
    const spec = benchmarkSpecSchema.parse({
      datasets: [{ dataset }],
      methods: [{ method: 'pca' }],
      protocols: [{ kind: 'thinning' }, { kind: 'gaussian-noise' }],
      seeds: [1],
      floors: false,
      recipe: 'log',
    });
    const { runs, notes } = planBenchmark(project, spec);
    expect(runs.map(({ protocol }) => protocol.kind)).toEqual(['gaussian-noise']);
    expect(notes).toEqual(['Thinning is left out on scaled: only counts can be thinned.']);
  });

  it('trains, scores what was held out, and can be looked at again', async () => {
    const { core, project, datasetId } = await tissue();
    const { study, jobs } = core.startBenchmark(project, {
      title: 'Floors',
      datasets: [{ dataset: datasetId }],
      methods: [{ method: 'train-mean' }, { method: 'knn-10' }],
      protocols: [{ kind: 'spatial-imputation' }, { kind: 'gene-imputation' }],
      seeds: [1],
      floors: false,
      recipe: 'log',
    });
    const results = [];
    for (const job of jobs) results.push((await core.waitFor(job.id)).result as ScoreResult);
    expect(study.runIds).toHaveLength(4);
    const scores = project.scores.list({ runIds: study.runIds });
    const value = (method: string, kind: string, space: string, metric: string) => {
      const run = project.runs.list().find((one) => one.method === method && one.protocol.kind === kind)!;
      return scores.find((row) => row.runId === run.id && row.space === space && row.metric === metric)!.value;
    };
    // In a tissue with regions, neighbours know more than the average of all.
    expect(value('knn-10', 'spatial-imputation', 'held-out', 'mse')).toBeLessThan(
      value('train-mean', 'spatial-imputation', 'held-out', 'mse'),
    );
    expect(value('knn-10', 'spatial-imputation', 'denoised', 'ari')).toBeGreaterThan(0.2);
    expect(value('train-mean', 'gene-imputation', 'muted', 'mae')).toBeGreaterThan(
      value('train-mean', 'gene-imputation', 'all entries', 'mae'),
    );

    const imputed = project.runs.get(study.runIds[0]);
    const heldOut = project.runs.heldOut(imputed.id)!;
    expect(heldOut.obs!.length).toBe(imputed.nObs);
    expect(heldOut.obs!.reduce((sum, out) => sum + out, 0)).toBe(120);

    // Scores come from the stored masks and models alone: worked out again, they are the same.
    const before = scores.filter(({ runId, space }) => runId === imputed.id && space === 'held-out');
    await core.waitFor(core.evaluate(project, { runIds: [imputed.id], clusterings: [] }).id);
    const again = project.scores.list({ runIds: [imputed.id] }).filter(({ space }) => space === 'held-out');
    expect(again.map(({ metric, value: v }) => [metric, v])).toEqual(before.map(({ metric, value: v }) => [metric, v]));
    expect(core.resumeBenchmark(project, study.id)).toEqual([]);

    const { table, texts, runs } = viewBenchmark(project, study.id);
    expect(runs.every(({ state, outdated }) => state === 'done' && !outdated)).toBe(true);
    expect(table.rows.map(({ protocol, method }) => [protocol.split(',')[0], method])).toEqual([
      ['gene imputation', 'train-mean'],
      ['gene imputation', 'knn-10'],
      ['spatial imputation', 'train-mean'],
      ['spatial imputation', 'knn-10'],
    ]);
    const mse = table.columns.findIndex(({ metric }) => metric === 'mse');
    expect(table.rows[3].cells[mse]).toMatchObject({ best: true, n: 1 });
    expect(texts.latex).toContain('\\toprule');
    expect(texts.csv.split('\n')).toHaveLength(6);
  });
});
