import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../projects/testing/temporary-folder.ts';
import { simulate } from '../../simulate/simulate.ts';
import { LacunaCore } from '../lacuna-core.ts';
import { planBenchmark } from './plan-benchmark.ts';
import { benchmarkSpecSchema } from '../../protocols/benchmark-spec.ts';
import { viewBenchmark } from './view-benchmark.ts';

const open: LacunaCore[] = [];
afterEach(async () => {
  for (const core of open.splice(0)) await core.close();
});

const HELD_OUT = { kind: 'likelihood', heldOutShare: 0.2 } as const;

describe('the likelihood of held-out cells', () => {
  it('plans count models and the floors that have a likelihood, each with its own input on the same genes', async () => {
    const core = new LacunaCore();
    open.push(core);
    const project = core.createProject(join(temporaryFolder(), 'counts.lacuna'));
    const { id: dataset } = await project.datasets.import(simulate({ cells: 60, genes: 30, types: 2, seed: 1 }));
    const spec = benchmarkSpecSchema.parse({
      datasets: [{ dataset }],
      methods: [{ method: 'zipo', preset: 'paper' }, { method: 'dca' }, { method: 'pca' }],
      protocols: [HELD_OUT],
    });
    const { runs, notes } = planBenchmark(project, spec);
    expect(runs.filter(({ seed }) => seed === 1).map(({ method, preset }) => `${method} ${preset}`)).toEqual([
      'gene-nb lacuna',
      'gene-nb no-library',
      'gene-poisson lacuna',
      'gene-poisson no-library',
      'zipo paper',
      'dca lacuna',
    ]);
    expect(notes).toEqual([expect.stringContaining('gives counts no probability')]);
    expect(new Set(runs.map(({ recipe }) => JSON.stringify(recipe!.filter))).size).toBe(1);
    expect(runs.find(({ method }) => method === 'zipo')!.recipe!.normalisation.librarySize).toBe('none');
    expect(runs.find(({ method }) => method === 'dca')!.recipe!.normalisation.librarySize).toBe('median');
  });

  it('is measured on cells that did not train, beside the floors', async () => {
    const core = new LacunaCore();
    open.push(core);
    const project = core.createProject(join(temporaryFolder(), 'counts.lacuna'));
    const source = simulate({ cells: 400, genes: 120, types: 3, dropout: 0.2, seed: 4 });
    const { id: dataset } = await project.datasets.import(source);
    const small = { hiddenLayers: '32-8', epochs: 40, batchSize: 64, patience: 0 };
    const { study, jobs } = core.startBenchmark(project, {
      datasets: [{ dataset }],
      methods: [
        { method: 'zipo', preset: 'paper', set: { ...small, likelihood: 'zinb', startAtMeans: true } },
        { method: 'dca', set: { ...small, hiddenLayers: '32-8-32' } },
      ],
      protocols: [HELD_OUT],
      seeds: [1],
    });
    for (const job of jobs) await core.waitFor(job.id);
    const scores = project.scores.list({ runIds: study.runIds });
    const runOf = (method: string, preset: string) =>
      study.runIds.map((id) => project.runs.get(id)).find((run) => run.method === method && run.preset === preset)!;
    const value = (method: string, preset: string, metric: string): number | undefined =>
      scores.find((row) => row.runId === runOf(method, preset).id && row.metric === metric)?.value;

    const run = runOf('zipo', 'paper');
    expect(project.runs.heldOut(run.id)!.obs!.reduce((sum, out) => sum + out, 0)).toBe(80);
    // Every cell has a latent, also those that did not train.
    expect(project.runs.latent(run.id)!.values).toHaveLength(400 * 8);

    const floor = value('gene-nb', 'lacuna', 'nll')!;
    expect(value('gene-poisson', 'lacuna', 'nll')!).toBeGreaterThan(floor);
    expect(value('zipo', 'paper', 'nll')!).toBeLessThan(floor);
    expect(value('dca', 'lacuna', 'nll')!).toBeLessThan(floor);
    // What does not know the library size says so, and is judged without it.
    expect(value('gene-nb', 'no-library', 'nll')).toBeUndefined();
    expect(value('gene-nb', 'no-library', 'nll_predicted_library')!).toBeGreaterThan(floor);
    expect(value('zipo', 'paper', 'nll_predicted_library')!).toBeGreaterThan(value('zipo', 'paper', 'nll')!);
    expect(value('dca', 'lacuna', 'nll_predicted_library')).toBeUndefined();

    const dropout = value('zipo', 'paper', 'dropout')!;
    expect(dropout).toBeGreaterThan(0);
    expect(dropout).toBeLessThan(1);
    const { protocol } = scores.find((row) => row.runId === run.id && row.metric === 'nll')!;
    const zeros = protocol.zeroShare as number;
    for (const [method, preset] of [
      ['zipo', 'paper'],
      ['dca', 'lacuna'],
      ['gene-nb', 'lacuna'],
    ])
      expect(Math.abs(value(method, preset, 'zero_share')! - zeros)).toBeLessThan(0.1);
    expect(value('zipo', 'paper', 'epochs')).toBe(40);
    expect((protocol.pruning as { delta: number; sparsity: number }[]).map(({ sparsity }) => sparsity)).toSatisfy(
      (shares: number[]) => shares.every((share, at) => at === 0 || share >= shares[at - 1]),
    );
    expect(value('zipo', 'paper', 'nll_pruned')!).toBeCloseTo(value('zipo', 'paper', 'nll')!, 2);

    const { table, texts } = viewBenchmark(project, study.id);
    expect(table.rows).toHaveLength(6);
    const nll = table.columns.findIndex(({ metric }) => metric === 'nll');
    expect(table.rows.find(({ method }) => method === 'zipo')!.cells[nll]).toMatchObject({ beatsFloor: true });
    expect(texts.latex).toContain('NLL, library predicted');
    expect(texts.csv).toContain('likelihood, 20 % of cells held out');
  });
});
