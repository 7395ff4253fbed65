import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { JobEvent, JobInfo } from '../job-info.ts';
import { childProcessLauncher } from '../worker/child-process-launcher.ts';
import { JobSupervisor } from './job-supervisor.ts';
import type { SupervisorOptions } from './job-supervisor.ts';

const program = fileURLToPath(new URL('../fixtures/scripted-worker.ts', import.meta.url));
const target = { uuid: 'project', path: '/nowhere.lacuna' };
const open: JobSupervisor[] = [];

function supervisor(options: Partial<SupervisorOptions> = {}): JobSupervisor {
  const made = new JobSupervisor({ launcher: childProcessLauncher({ program }), ...options });
  open.push(made);
  return made;
}

/** A job whose worker behaves as told; imports have a lane of their own with one place. */
function submit(jobs: JobSupervisor, behaviour: string): JobInfo {
  return jobs.submit(target, { kind: 'import', paths: [behaviour] });
}

async function until(jobs: JobSupervisor, id: string, holds: (job: JobInfo) => boolean): Promise<JobInfo> {
  for await (const { job } of jobs.events()) if (job.id === id && holds(job)) return job;
  throw new Error('The events ended.');
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((jobs) => jobs.close()));
});

describe('queue', () => {
  test('jobs of a lane run one after the other, in order', async () => {
    const jobs = supervisor();
    const submitted = ['answer=1', 'answer=2', 'answer=3'].map((behaviour) => submit(jobs, behaviour));
    expect(submitted.map((job) => job.state)).toEqual(['running', 'queued', 'queued']);
    const over = await Promise.all(submitted.map((job) => jobs.whenOver(job.id)));
    expect(over.map((job) => job.state)).toEqual(['done', 'done', 'done']);
    expect(over.map((job) => (job.result as { argument: string }).argument)).toEqual(['1', '2', '3']);
    expect(over[1].startedAt! >= over[0].finishedAt!).toBe(true);
    expect(over[2].startedAt! >= over[1].finishedAt!).toBe(true);
  });

  test('numbers that JSON cannot write survive the way', async () => {
    const jobs = supervisor();
    const job = await jobs.whenOver(submit(jobs, 'answer=1').id);
    expect((job.result as { number: number }).number).toBeNaN();
  });

  test('a file job does not wait for a training; an export of that run does', async () => {
    const jobs = supervisor();
    const training = jobs.submit(target, { kind: 'train', runId: 7 });
    const importing = submit(jobs, 'work');
    expect(importing.state).toBe('running');
    jobs.cancel(importing.id);
    await jobs.whenOver(importing.id);
    const exporting = jobs.submit(target, { kind: 'export', what: 'latent', runId: 7, out: '/nowhere.csv' });
    const other = jobs.submit(target, { kind: 'export', what: 'latent', runId: 8, out: '/nowhere.csv' });
    expect(jobs.get(exporting.id).state).toBe('queued');
    expect(jobs.get(other.id).state).toBe('running');
    expect(jobs.get(training.id).state).toBe('running');
  });

  test('a queued job is cancelled without a worker', async () => {
    const jobs = supervisor();
    const first = submit(jobs, 'work');
    const second = submit(jobs, 'answer');
    jobs.cancel(second.id);
    expect(jobs.get(second.id)).toMatchObject({ state: 'cancelled', startedAt: null });
    expect(jobs.get(first.id).state).toBe('running');
  });

  test('a request that makes no sense is refused in plain words', () => {
    const jobs = supervisor();
    expect(() => jobs.submit(target, { kind: 'train', runId: 0 })).toThrow(/runId/);
    expect(() => jobs.get('job-99')).toThrow('There is no job job-99.');
  });
});

describe('ends', () => {
  test('a running job answers cancel', async () => {
    const jobs = supervisor();
    const job = submit(jobs, 'work');
    await until(jobs, job.id, ({ progress }) => progress !== null);
    jobs.cancel(job.id);
    expect((await jobs.whenOver(job.id)).state).toBe('cancelled');
  });

  test('a worker that does not answer is ended after the grace period', async () => {
    const jobs = supervisor({ graceSeconds: 0.3 });
    const job = submit(jobs, 'hang');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const pid = jobs.pid(job.id)!;
    jobs.cancel(job.id);
    const over = await jobs.whenOver(job.id);
    expect(over).toMatchObject({ state: 'cancelled', error: { details: { forced: true } } });
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });

  test('a worker that crashes says how, and the next job goes on', async () => {
    const jobs = supervisor();
    const [segfault, exit, next] = ['signal=SIGSEGV', 'exit=7', 'answer'].map((behaviour) => submit(jobs, behaviour));
    expect((await jobs.whenOver(segfault.id)).error).toMatchObject({
      code: 'worker-lost',
      details: { signal: 'SIGSEGV' },
    });
    expect((await jobs.whenOver(exit.id)).error).toMatchObject({
      code: 'worker-lost',
      details: { exitCode: 7, lastWords: 'the last words' },
    });
    expect((await jobs.whenOver(next.id)).state).toBe('done');
  });

  test('a full heap is out of memory', async () => {
    const jobs = supervisor({ launcher: childProcessLauncher({ program, heapMegabytes: 32 }) });
    const job = await jobs.whenOver(submit(jobs, 'heap').id);
    expect(job.error).toMatchObject({ code: 'out-of-memory' });
    expect(job.error!.remedy).toMatch(/smaller/);
  });

  test('a program that cannot start fails the job, and the queue goes on', async () => {
    const jobs = supervisor({ launcher: childProcessLauncher({ program: '/no/such/worker.js' }) });
    const both = [submit(jobs, 'answer'), submit(jobs, 'answer')];
    for (const job of both) expect((await jobs.whenOver(job.id)).error?.code).toBe('worker-lost');
  });

  test('closing ends every worker', async () => {
    const jobs = supervisor({ keepSpare: true, graceSeconds: 0.3 });
    const job = submit(jobs, 'hang');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const pid = jobs.pid(job.id)!;
    await jobs.close();
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect(jobs.get(job.id).state).toBe('cancelled');
  });

  test('what follows a job is done before its last event', async () => {
    const seen: string[] = [];
    const jobs = supervisor({ onOver: ({ job }) => seen.push(job.state) });
    const job = submit(jobs, 'answer');
    await until(jobs, job.id, ({ state }) => state === 'done');
    expect(seen).toEqual(['done']);
  });

  test('a spare worker takes the next job', async () => {
    const jobs = supervisor({ keepSpare: true });
    const results = ['answer=1', 'answer=2'].map((behaviour) => jobs.whenOver(submit(jobs, behaviour).id));
    expect((await Promise.all(results)).map((job) => job.state)).toEqual(['done', 'done']);
  });
});

describe('events', () => {
  test('ids grow, states follow each other, progress comes between', async () => {
    const jobs = supervisor();
    const job = submit(jobs, 'answer');
    const events: JobEvent[] = [];
    for await (const event of jobs.events()) {
      events.push(event);
      if (event.job.state === 'done') break;
    }
    expect(events.map((event) => event.id)).toEqual(events.map((event) => event.id).toSorted((a, b) => a - b));
    expect(events[0].job.state).toBe('running');
    expect(events.some((event) => event.job.progress?.fraction === 0.5)).toBe(true);
    expect(events.at(-1)!.job.id).toBe(job.id);
  });

  test('a listener that joins again gets what it missed, once', async () => {
    const jobs = supervisor();
    const [first, second, third] = ['answer', 'answer', 'work'].map((behaviour) => submit(jobs, behaviour));
    let last = 0;
    for await (const event of jobs.events()) {
      last = event.id;
      if (event.job.id === first.id && event.job.state === 'done') break;
    }
    await until(jobs, third.id, ({ state }) => state === 'running');
    const missed: JobInfo[] = [];
    for await (const event of jobs.events({ after: last })) {
      expect(event.id).toBeGreaterThan(last);
      missed.push(event.job);
      if (event.job.id === third.id) break;
    }
    expect(missed.map((job) => job.id)).not.toContain(first.id);
    expect(missed.find((job) => job.id === second.id)?.state).toBe('done');
  });

  test('a listener can leave at any time', async () => {
    const jobs = supervisor();
    submit(jobs, 'work');
    const leave = new AbortController();
    setTimeout(() => leave.abort(), 200);
    let seen = 0;
    for await (const _ of jobs.events({ signal: leave.signal })) seen += 1;
    expect(seen).toBeGreaterThan(0);
  });
});
