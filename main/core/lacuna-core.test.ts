import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { madeDataset } from '../jobs/fixtures/made-dataset.ts';
import { isOver } from '../jobs/job-info.ts';
import type { TrainResult } from '../jobs/job-results.ts';
import { normalisationSchema } from '../preprocess/recipe.ts';
import type { Project } from '../projects/project.types.ts';
import { LacunaCore } from './lacuna-core.ts';

/** A training of a moment: a few hundred short epochs, so that there is time to stop it in the middle. */
const SHORT = { epochs: 12, hiddenLayers: '16-8', latentSize: 3, batchSize: 32 };
const LONG = { ...SHORT, epochs: 120 };

let folder: string;
let core: LacunaCore;
let project: Project;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-core-'));
  core = new LacunaCore({ checkpointSeconds: 0.2 });
  project = core.createProject(join(folder, 'made.lacuna'));
  await project.datasets.import(madeDataset());
});

afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(set: Record<string, unknown>, seed = 1) {
  return core.startRun(project, { method: 'ae', preset: 'paper', set, seed });
}

/** Resolves when the training has stored a checkpoint and is still under way. */
async function midway(jobId: string, runId: number): Promise<void> {
  while (project.runs.loadCheckpoint(runId) === null) {
    if (isOver(core.jobs.get(jobId)))
      throw new Error(`The training was over too soon: ${JSON.stringify(core.jobs.get(jobId).error)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function history(runId: number) {
  return project.runs.history(runId).map(({ epoch, train, heldOut }) => ({ epoch, train, heldOut }));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a training in a worker process', () => {
  test('stores its outcome, history, device and versions', async () => {
    const { run, job } = start(SHORT);
    expect(run.state).toBe('queued');
    const losses: unknown[] = [];
    const done = await core.waitFor(job.id, (progress) => losses.push(progress.detail));
    const result = done.result as TrainResult;
    expect(result).toMatchObject({ runId: run.id, state: 'done' });
    const stored = project.runs.get(run.id);
    expect(stored).toMatchObject({ state: 'done', nObs: 150, hasLatent: true, error: null });
    expect(stored.device).not.toBe('');
    expect(Object.keys(stored.versions).sort()).toEqual(['Lacuna', 'Node', expect.stringMatching(/TensorFlow/)].sort());
    expect(stored.wallSeconds).toBeGreaterThan(0);
    expect(history(run.id).length).toBe(SHORT.epochs);
    expect(project.runs.latent(run.id)).toMatchObject({ nDim: 3 });
    expect(losses.length).toBeGreaterThan(0);
  });

  test('cancelled or killed in the middle and resumed, it ends with the numbers of an uninterrupted one', async () => {
    const [whole, stopped, killed] = [start(LONG), start(LONG), start(LONG)];
    await core.waitFor(whole.job.id);

    await midway(stopped.job.id, stopped.run.id);
    // Ctrl-C reaches every process of a terminal; only the application decides what it means.
    process.kill(core.jobs.pid(stopped.job.id)!, 'SIGINT');
    core.cancel(stopped.job.id);
    await expect(core.waitFor(stopped.job.id)).rejects.toMatchObject({ code: 'cancelled' });
    const epochs = history(stopped.run.id).length;
    expect(project.runs.get(stopped.run.id).state).toBe('cancelled');
    expect(epochs).toBeGreaterThan(0);
    expect(epochs).toBeLessThan(LONG.epochs);
    // What is lost is the epoch under way, and a few more where epochs are as short as here.
    expect(project.runs.loadCheckpoint(stopped.run.id)!.epoch).toBeGreaterThan(0);
    expect(project.runs.loadCheckpoint(stopped.run.id)!.epoch).toBeLessThanOrEqual(epochs);

    await midway(killed.job.id, killed.run.id);
    process.kill(core.jobs.pid(killed.job.id)!, 'SIGKILL');
    await expect(core.waitFor(killed.job.id)).rejects.toMatchObject({ code: 'worker-lost' });
    expect(project.runs.get(killed.run.id)).toMatchObject({ state: 'interrupted', error: { code: 'worker-lost' } });

    for (const { run } of [stopped, killed]) {
      await core.waitFor(core.resumeRun(project, run.id).id);
      expect(project.runs.get(run.id)).toMatchObject({ state: 'done', error: null });
      expect(history(run.id)).toEqual(history(whole.run.id));
      expect(project.runs.latent(run.id)).toEqual(project.runs.latent(whole.run.id));
      expect(project.runs.loadCheckpoint(run.id)).toBeNull();
    }
    expect(() => core.resumeRun(project, whole.run.id)).toThrow(/finished/);
  });

  test('whose loss is no number any more fails with an explanation', async () => {
    // Squares of such values are beyond float32, so the very first loss is infinite.
    await project.datasets.import(madeDataset({ unit: 1e25 }));
    const { run, job } = core.startRun(project, {
      method: 'ae',
      set: SHORT,
      normalisation: normalisationSchema.parse({ librarySize: 'none', log1p: false }),
    });
    await expect(core.waitFor(job.id)).rejects.toMatchObject({ code: 'diverged' });
    const { state, error } = project.runs.get(run.id);
    expect(state).toBe('failed');
    expect(error!.remedy).toMatch(/learning rate/i);
  });

  test('several in the queue run one after the other, each with its own seed', async () => {
    const started = [1, 2, 3].map((seed) => start(SHORT, seed));
    core.cancel(started[1].job.id);
    expect(project.runs.get(started[1].run.id).state).toBe('cancelled');
    await core.waitFor(started[0].job.id);
    await core.waitFor(started[2].job.id);
    expect(core.jobs.get(started[2].job.id).startedAt! >= core.jobs.get(started[0].job.id).finishedAt!).toBe(true);
    expect(project.runs.latent(started[0].run.id)).not.toEqual(project.runs.latent(started[2].run.id));
  });

  test('closing the application stops it with its checkpoint, and it can go on in the next session', async () => {
    const { run, job } = start(LONG);
    await midway(job.id, run.id);
    const pid = core.jobs.pid(job.id)!;
    await core.close();
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    core = new LacunaCore();
    project = core.openProject(join(folder, 'made.lacuna'));
    expect(project.runs.get(run.id).state).toBe('interrupted');
    expect(project.runs.loadCheckpoint(run.id)!.epoch).toBeGreaterThan(0);
    const done = await core.waitFor(core.resumeRun(project, run.id).id);
    expect(done.state).toBe('done');
  });

  test('ends by itself when the application is killed, and its run can go on', async () => {
    const application = spawn(
      process.execPath,
      [fileURLToPath(new URL('../jobs/fixtures/crashing-application.ts', import.meta.url)), project.path],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const lines = createInterface(application.stdout)[Symbol.asyncIterator]();
    const workerPid = Number((await lines.next()).value);
    process.kill(workerPid, 0);
    application.kill('SIGKILL');
    await once(application, 'exit');
    while (isRunning(workerPid)) await new Promise((resolve) => setTimeout(resolve, 50));
    const [run] = project.runs.list();
    expect(run.state).toBe('interrupted');
    expect(project.runs.loadCheckpoint(run.id)!.epoch).toBeGreaterThan(0);
  });

  test('stops when its run is removed', async () => {
    const { run, job } = start(LONG);
    await midway(job.id, run.id);
    core.removeRun(project, run.id);
    expect((await core.jobs.whenOver(job.id)).state).toBe('cancelled');
    expect(project.runs.list()).toEqual([]);
    project.runs.restore(run.id);
    expect(project.runs.get(run.id).state).toBe('cancelled');
  });

  test('that nobody works on any more is interrupted when the project is opened', async () => {
    const { run, job } = start(SHORT);
    await core.waitFor(job.id);
    project.runs.update(run.id, { state: 'running', versions: { process: 'elsewhere:1:1' } });
    await core.closeProject(project.info().uuid);
    project = core.openProject(join(folder, 'made.lacuna'));
    expect(project.runs.get(run.id).state).toBe('interrupted');
  });
});

describe('a run is checked before it is stored', () => {
  test.each([
    [{ method: 'nonsense' }, 'not-found'],
    [{ method: 'ae', preset: 'nonsense' }, 'not-found'],
    [{ method: 'ae', set: { epochs: 'many' } }, 'bad-option'],
    [{ method: 'ae', seed: -1 }, 'bad-option'],
    [{ method: 'ae', datasetId: 99 }, 'not-found'],
  ])('%j', (request, code) => {
    expect(() => core.startRun(project, request)).toThrow(expect.objectContaining({ code }));
    expect(project.runs.list()).toEqual([]);
  });
});
