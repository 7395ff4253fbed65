import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createProject } from '../create-project.ts';
import { openProject } from '../open-project.ts';
import type { Project, RunInfo } from '../project.types.ts';
import { madeOutcome, madeSpec } from '../testing/made-run.ts';
import { madeMatrix, madeSource } from '../testing/made-source.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { thrownBy } from '../testing/thrown.ts';

async function projectWithRun(): Promise<{ project: Project; datasetId: number; run: RunInfo }> {
  const project = createProject(join(temporaryFolder(), 'a.lacuna'));
  const { id: datasetId } = await project.datasets.import(madeSource(madeMatrix(40, 30, 0.2, 1)));
  return { project, datasetId, run: project.runs.create(madeSpec(datasetId)) };
}

describe('runs', () => {
  it('are stored before they start, with everything that was fixed', async () => {
    const { project, datasetId, run } = await projectWithRun();
    expect(run).toMatchObject({
      ...madeSpec(datasetId),
      name: 'vae paper, seed 1',
      state: 'queued',
      startedAt: null,
      wallSeconds: 0,
      hasLatent: false,
      hasField: false,
      error: null,
    });
    const named = project.runs.create(madeSpec(datasetId, { seed: 2 }), 'my run');
    expect(named.name).toBe('my run');
    project.close();
    const again = openProject(project.path);
    expect(again.runs.list(datasetId)).toEqual([run, named]);
    expect(again.runs.list(datasetId + 1)).toEqual([]);
    expect((await thrownBy(() => again.runs.create(madeSpec(99)))).code).toBe('not-found');
    expect((await thrownBy(() => again.runs.get(99))).code).toBe('not-found');
    again.close();
  });

  it('take the changes of a training', async () => {
    const { project, run } = await projectWithRun();
    const changes = {
      name: 'renamed',
      state: 'failed',
      startedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: '2026-01-01T00:01:00.000Z',
      wallSeconds: 60.5,
      device: 'CPU',
      versions: { lacuna: '0.1.0', tensorflow: '2.21.0' },
      summary: { loss: NaN, epochs: 3 },
      error: { code: 'diverged', what: 'The loss became NaN.', remedy: 'Lower the learning rate.' },
    } as const;
    project.runs.update(run.id, changes);
    project.runs.update(run.id, {});
    expect(project.runs.get(run.id)).toEqual({ ...run, ...changes });
    project.runs.update(run.id, { error: null, finishedAt: null });
    expect(project.runs.get(run.id)).toMatchObject({ error: null, finishedAt: null, name: 'renamed' });
    expect((await thrownBy(() => project.runs.update(99, { name: 'x' }))).code).toBe('not-found');
    project.close();
  });

  it('keep their history; an epoch that is trained again replaces the earlier one', async () => {
    const { project, run } = await projectWithRun();
    const epoch = (n: number, total: number) => ({
      epoch: n,
      train: { total, kl: 0.1 },
      heldOut: n === 0 ? null : { total: Infinity },
      obsPerSecond: 1000,
    });
    for (const n of [0, 1, 2]) project.runs.record(run.id, epoch(n, n));
    project.runs.record(run.id, epoch(2, NaN));
    expect(project.runs.history(run.id)).toEqual([epoch(0, 0), epoch(1, 1), epoch(2, NaN)]);
    expect((await thrownBy(() => project.runs.record(99, epoch(0, 0)))).code).toBe('not-found');
    project.close();
  });

  it('keep the newest checkpoint only', async () => {
    const { project, run } = await projectWithRun();
    expect(project.runs.loadCheckpoint(run.id)).toBeNull();
    const large = new Float32Array(2_500_000).map((_, i) => Math.sin(i));
    const checkpoint = {
      epoch: 5,
      arrays: { weights: large, empty: new Float32Array(0), odd: Float32Array.of(NaN, -0, Infinity) },
      state: { random: [1, 2], best: { epoch: 3 } },
    };
    project.runs.saveCheckpoint(run.id, { epoch: 4, arrays: { weights: large, gone: large }, state: {} });
    project.runs.saveCheckpoint(run.id, checkpoint);
    expect(project.runs.loadCheckpoint(run.id)).toEqual(checkpoint);
    const database = new Database(project.path, { readonly: true });
    expect(database.prepare('SELECT count(*) FROM arrays WHERE checkpoint_id IS NOT NULL').pluck().get()).toBe(3);
    // 10 MB of weights lie in parts of 4 MiB.
    expect(database.prepare('SELECT max(part) FROM array_parts').pluck().get()).toBe(2);
    database.close();
    project.close();
  });

  it('hand out what they made, and drop their checkpoint', async () => {
    const { project, run } = await projectWithRun();
    expect((await thrownBy(() => project.runs.denoised(run.id))).code).toBe('not-found');
    expect((await thrownBy(() => project.runs.axes(run.id))).code).toBe('not-found');
    expect(project.runs.latent(run.id)).toBeNull();
    project.runs.saveCheckpoint(run.id, { epoch: 4, arrays: { a: Float32Array.of(1) }, state: {} });
    const outcome = madeOutcome(20, 10);
    project.runs.finish(run.id, outcome);
    project.close();
    const again = openProject(project.path);
    const { runs } = again;
    expect(runs.get(run.id)).toMatchObject({
      state: 'done',
      hasLatent: true,
      nObs: 20,
      nVar: 10,
      summary: outcome.summary,
    });
    expect(runs.latent(run.id)).toEqual(outcome.latent);
    expect(runs.denoised(run.id)).toEqual(outcome.denoised);
    expect(runs.extras(run.id)).toEqual(outcome.extras);
    expect(runs.axes(run.id)).toEqual({ obsIndex: outcome.obsIndex, varIndex: outcome.varIndex });
    expect(runs.loadCheckpoint(run.id)).toBeNull();
    again.close();
  });

  it('hand out a mean of neighbours, without a latent', async () => {
    const { project, run } = await projectWithRun();
    const denoised = { kind: 'neighbours', k: 2, indices: Uint32Array.of(0, 1, 1, 2, 2, 0) } as const;
    project.runs.finish(run.id, { ...madeOutcome(3, 4), latent: null, denoised });
    expect(project.runs.denoised(run.id)).toEqual(denoised);
    expect(project.runs.latent(run.id)).toBeNull();
    expect(project.runs.get(run.id).hasLatent).toBe(false);
    project.close();
  });

  it('take a result as a whole or not at all', async () => {
    const { project, run } = await projectWithRun();
    const good = madeOutcome(20, 10);
    project.runs.finish(run.id, good);
    for (const broken of [
      { ...madeOutcome(20, 10, 5), obsIndex: new Uint32Array(19) },
      { ...madeOutcome(20, 10, 5), varIndex: new Uint32Array(3) },
      { ...madeOutcome(20, 10, 5), denoised: { kind: 'neighbours', k: 2, indices: new Uint32Array(3) } as const },
    ]) {
      expect((await thrownBy(() => project.runs.finish(run.id, broken))).code).toBe('internal');
    }
    expect(project.runs.latent(run.id)).toEqual(good.latent);
    expect(project.runs.axes(run.id).obsIndex).toEqual(good.obsIndex);
    project.close();
  });

  it('can be removed and brought back until the project is closed', async () => {
    const { project, datasetId, run } = await projectWithRun();
    project.runs.finish(run.id, madeOutcome(20, 10));
    project.runs.remove(run.id);
    expect(project.runs.list()).toEqual([]);
    // Its process may still be at work and must not stumble.
    project.runs.update(run.id, { wallSeconds: 3 });
    expect((await thrownBy(() => project.runs.remove(run.id))).code).toBe('not-found');
    project.runs.restore(run.id);
    expect(project.runs.get(run.id)).toMatchObject({ wallSeconds: 3, hasLatent: true });
    project.datasets.remove(datasetId);
    expect(project.runs.list()).toEqual([]);
    project.datasets.restore(datasetId);
    expect(project.runs.list()).toHaveLength(1);
    project.runs.remove(run.id);
    project.close();
    const again = openProject(project.path);
    expect((await thrownBy(() => again.runs.restore(run.id))).code).toBe('not-found');
    again.close();
  });

  it('say that the file is damaged when a stored field is not what it must be', async () => {
    const { project, run } = await projectWithRun();
    const database = new Database(project.path);
    database.prepare('UPDATE runs SET recipe = \'{"normalisation": {"log1p": "maybe"}}\' WHERE id = ?').run(run.id);
    database.close();
    const error = await thrownBy(() => project.runs.get(run.id));
    expect(error.code).toBe('project-damaged');
    expect(error.message).toContain(`recipe of run ${run.id}`);
    project.close();
  });

  it('notice a flipped byte in a result', async () => {
    const { project, run } = await projectWithRun();
    project.runs.finish(run.id, madeOutcome(20, 10));
    const database = new Database(project.path);
    database.exec(
      "UPDATE array_parts SET bytes = zeroblob(length(bytes)) WHERE array_id = (SELECT id FROM arrays WHERE name = 'latent')",
    );
    database.close();
    const error = await thrownBy(() => project.runs.latent(run.id));
    expect(error.code).toBe('project-damaged');
    expect(error.message).toContain(`"latent" of run ${run.id}`);
    project.close();
  });
});
