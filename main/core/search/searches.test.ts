import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Project, TrialInfo } from '../../projects/project.types.ts';
import { temporaryFolder } from '../../projects/testing/temporary-folder.ts';
import { searchSpecSchema, type SearchRequest } from '../../search/search-spec.ts';
import { simulate } from '../../simulate/simulate.ts';
import { LacunaCore } from '../lacuna-core.ts';
import { estimateSearch } from './estimate-search.ts';
import { planSearch } from './plan-search.ts';
import { savePreset } from './save-preset.ts';
import { viewSearch } from './view-search.ts';

const open: LacunaCore[] = [];
afterEach(async () => {
  for (const core of open.splice(0)) await core.close();
});

async function cells(): Promise<{ core: LacunaCore; project: Project; dataset: number }> {
  const core = new LacunaCore({ checkpointSeconds: 0 });
  open.push(core);
  const project = core.createProject(join(temporaryFolder(), 'cells.lacuna'));
  const source = simulate({ cells: 300, genes: 60, types: 3, seed: 4 });
  const { id: dataset } = await project.datasets.import(source);
  return { core, project, dataset };
}

const SEARCH = {
  title: 'Autoencoders',
  method: 'ae',
  set: { epochs: 12, patience: 0, batchSize: 64, hiddenLayers: '16' },
  ranges: {
    latentSize: { low: 1, high: 16, log: true },
    learningRate: { low: 1e-5, high: 1e-1, log: true },
    firstActivation: { choices: ['linear', 'relu'] },
  },
  trials: 7,
  pruning: { kind: 'halving', minEpochs: 2, factor: 2 },
} satisfies Omit<SearchRequest, 'dataset'>;

/** What must not depend on when a search was interrupted. */
const essence = (trials: TrialInfo[]) =>
  trials.map(({ number, parameters, state, value, reason }) => ({ number, parameters, state, value, reason }));

describe('a search for settings', () => {
  it('tries, stops what is hopeless, and goes on after an interruption as if there had been none', async () => {
    const { core, project, dataset } = await cells();
    const study = core.searches.start(project, { ...SEARCH, dataset });
    const seen: number[] = [];
    await core.searches.whenOver(project, study.id, ({ trial, job }) => {
      if (job === null) seen.push(trial.number);
    });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const whole = viewSearch(project, study.id, core.searches.isRunning(project, study.id));
    expect(whole).toMatchObject({ state: 'done', nOver: 7, objective: { higherIsBetter: false } });
    const states = whole.trials.map(({ state }) => state);
    expect(states).toContain('done');
    expect(states).toContain('pruned');
    // The first is the preset itself.
    expect(whole.trials[0].parameters).toMatchObject({ latentSize: 10, learningRate: 1e-3, firstActivation: 'relu' });
    const best = whole.trials[whole.best!];
    expect(best.value).toBe(
      Math.min(...whole.trials.filter(({ state }) => state === 'done').map(({ value }) => value!)),
    );
    expect(whole.csv.split('\n')).toHaveLength(9);

    // A pruned one keeps its history and says why; its run may be gone on with.
    const pruned = whole.trials.find(({ state }) => state === 'pruned')!;
    expect(pruned.reason).toMatch(
      /^Stopped after epoch \d+: its held-out loss \(total\) had come down to .* earlier trial/,
    );
    expect(pruned.epochs).toBeLessThan(12);
    expect(project.runs.history(pruned.run!).length).toBe(pruned.epochs);
    expect(project.runs.get(pruned.run!)).toMatchObject({ state: 'cancelled', error: { code: 'pruned' } });
    expect(project.studies.get(study.id).runIds).toHaveLength(7);

    const other = await cells();
    const again = other.core.searches.start(other.project, { ...SEARCH, dataset: other.dataset });
    const third = Promise.withResolvers<void>();
    void other.core.searches
      .whenOver(other.project, again.id, ({ trial, job }) => {
        if (trial.number === 2 && job !== null) third.resolve();
      })
      .catch(() => {});
    await third.promise;
    await other.core.close();
    const core2 = new LacunaCore();
    open.push(core2);
    const project2 = core2.openProject(other.project.path);
    expect(viewSearch(project2, again.id, core2.searches.isRunning(project2, again.id)).state).toBe('stopped');
    core2.searches.resume(project2, again.id);
    core2.searches.resume(project2, again.id);
    await core2.searches.whenOver(project2, again.id);
    expect(essence(project2.trials.list(again.id))).toEqual(essence(project.trials.list(study.id)));
    expect(project2.runs.list()).toHaveLength(7);
  }, 240_000);

  it('judges by known groups, is stopped and goes on, and leaves a preset behind', async () => {
    const { core, project, dataset } = await cells();
    const study = core.searches.start(project, {
      ...SEARCH,
      dataset,
      trials: 3,
      pruning: undefined,
      objective: { kind: 'ari' },
    });
    await core.searches.whenOver(project, study.id, ({ trial, job }) => {
      if (trial.number === 1 && job !== null) core.searches.cancel(project, study.id);
    });
    expect(viewSearch(project, study.id, false)).toMatchObject({ state: 'stopped', nOver: 1 });
    core.searches.resume(project, study.id);
    await core.searches.whenOver(project, study.id);
    const { trials, best, objective, spec } = viewSearch(project, study.id, false);
    expect(spec.pruning).toEqual({ kind: 'none' });
    expect(objective.title).toMatch(/^Adjusted Rand index of k-means clusters of the latent space with /);
    expect(trials.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    const row = project.scores.list({ runIds: [trials[best!].run!] }).find(({ metric }) => metric === 'ari')!;
    expect(trials[best!].value).toBe(row.value);

    const preset = savePreset(project, study.id, { title: 'Best of three' });
    expect(preset).toMatchObject({ id: 'best-of-three', parameters: trials[best!].parameters });
    expect(savePreset(project, study.id, { title: 'Best of three', trial: 0 }).id).toBe('best-of-three-2');
    const { run, job } = core.startRun(project, { method: 'ae', preset: 'best-of-three', set: { epochs: 1 } });
    expect(run).toMatchObject({ preset: 'best-of-three', parameters: trials[best!].parameters });
    await core.waitFor(job.id);
    project.presets.remove('ae', 'best-of-three');
    expect(() => core.startRun(project, { method: 'ae', preset: 'best-of-three' })).toThrow(
      "no preset 'best-of-three'",
    );
  }, 120_000);

  it('says before it starts what it would do, or why it cannot', async () => {
    const { project, dataset } = await cells();
    const parse = (request: Partial<SearchRequest>) => searchSpecSchema.parse({ dataset, method: 'vae', ...request });
    const plan = planSearch(project, parse({ preset: 'paper' }));
    expect(plan.spec.set).toEqual({ heldOutShare: 0.1 });
    expect(plan.spec.pruning).toMatchObject({ kind: 'median' });
    expect(Object.keys(plan.spec.ranges)).toEqual([
      'latentSize',
      'hiddenLayers',
      'inputDropout',
      'learningRate',
      'beta',
    ]);
    expect(plan.notes).toEqual([expect.stringContaining('10 % of the cells are held out')]);
    expect(estimateSearch(project, parse({ trials: 5 })).seconds).toBeGreaterThan(0);
    const cannot = (request: Partial<SearchRequest>) => expect(() => planSearch(project, parse(request)));
    cannot({ method: 'pca' }).toThrow('holds no cells out');
    cannot({ ranges: { soup: { low: 0, high: 1 } } }).toThrow("no setting 'soup'");
    cannot({ ranges: { beta: { low: -1, high: 1 } } }).toThrow('lies outside');
    cannot({ ranges: { latentSize: { low: 1.5, high: 4 } } }).toThrow('whole numbers');
    cannot({ ranges: { decoder: { choices: ['linear', 'sideways'] } } }).toThrow('"sideways"');
    cannot({ ranges: { decoder: { low: 0, high: 1 } } }).toThrow('a list of values');
    cannot({ ranges: { beta: { low: 0.1, high: 1 } }, set: { beta: 1 } }).toThrow('both fixed and searched');
    cannot({ ranges: { heldOutShare: { low: 0.1, high: 0.3 } } }).toThrow('the same in all trials');
    cannot({ objective: { kind: 'ari', labels: 'soup' } }).toThrow('soup');
  });
});
