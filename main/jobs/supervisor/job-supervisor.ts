import { cancelled, LacunaError } from '../../errors/lacuna-error.ts';
import { isOver } from '../job-info.ts';
import type { JobEvent, JobInfo } from '../job-info.ts';
import { jobSpecSchema } from '../job-spec.ts';
import type { JobRequest, JobSpec } from '../job-spec.ts';
import type { WorkerLauncher } from '../worker/worker-launcher.ts';
import type { EngineWish, StopReason } from '../worker/worker-messages.ts';
import { EventLog } from './event-log.ts';
import { laneOf, needs } from './job-lane.ts';
import { jobTitle } from './job-title.ts';
import { WorkerPool } from './worker-pool.ts';
import { WorkerSession } from './worker-session.ts';

/** The project that a job works on. */
export interface JobTarget {
  uuid: string;
  path: string;
}

export interface SupervisorOptions {
  launcher: WorkerLauncher;
  /** Jobs that compute at the same time; the others wait. Default 1: one training uses every core. Imports and exports
   * have one place of their own. */
  concurrency?: number;
  /** How long a worker may take to answer a cancel before it is ended. Default 20 s. */
  graceSeconds?: number;
  /** A crash must not lose more training than this. Default 15 s. */
  checkpointSeconds?: number;
  /** Keeps one started process waiting, so that the next job begins at once. Default false. */
  keepSpare?: boolean;
  /** What a job that starts now shall compute on; left out: whatever there is. */
  engine?: () => EngineWish;
  /** Called when a job is over, before its last event: the place to bring the project file in line with it. */
  onOver?: (over: { job: JobInfo; spec: JobSpec; target: JobTarget; stopReason: StopReason | null }) => void;
}

interface Entry {
  job: JobInfo;
  spec: JobSpec;
  target: JobTarget;
  session: WorkerSession | null;
  /** Why it was told to stop. */
  stopReason: StopReason | null;
  over: PromiseWithResolvers<JobInfo>;
}

/** Jobs that are over and remembered. */
const REMEMBERED = 200;

/** Queues jobs, runs each in a worker process of its own, and tells how they are doing. */
export class JobSupervisor {
  readonly #options: Required<Omit<SupervisorOptions, 'launcher' | 'keepSpare' | 'onOver'>>;
  readonly #onOver: SupervisorOptions['onOver'];
  readonly #pool: WorkerPool;
  readonly #entries = new Map<string, Entry>();
  readonly #log = new EventLog();
  #nextId = 1;
  #closed = false;

  constructor(options: SupervisorOptions) {
    this.#options = {
      concurrency: options.concurrency ?? 1,
      graceSeconds: options.graceSeconds ?? 20,
      checkpointSeconds: options.checkpointSeconds ?? 15,
      engine: options.engine ?? (() => ({ device: 'auto', threads: null })),
    };
    this.#onOver = options.onOver;
    this.#pool = new WorkerPool(options.launcher, options.keepSpare ?? false);
  }

  /**
   * Queues a job. It starts when every job before it has had its turn.
   *
   * @throws LacunaError `bad-request` when the request is not one of a job
   */
  submit(target: JobTarget, request: JobRequest, title?: string): JobInfo {
    if (this.#closed) throw new LacunaError('bad-request', 'The application is closing; no job can start.', '');
    const parsed = jobSpecSchema.safeParse(request);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new LacunaError(
        'bad-request',
        `The job cannot start: ${issue.path.join('.') || 'request'}: ${issue.message}.`,
        'Correct the setting and try again.',
        {},
        parsed.error,
      );
    }
    const spec = parsed.data;
    const job: JobInfo = {
      id: `job-${this.#nextId++}`,
      kind: spec.kind,
      project: target.uuid,
      title: title ?? jobTitle(spec),
      state: 'queued',
      runId: runOf(spec),
      progress: null,
      result: null,
      error: null,
      createdAt: new Date().toISOString(),
      startedAt: null,
      finishedAt: null,
    };
    this.#entries.set(job.id, { job, spec, target, session: null, stopReason: null, over: Promise.withResolvers() });
    this.#log.publish(job);
    this.#startWaiting();
    return this.get(job.id);
  }

  /** Every job that is remembered, oldest first. */
  list(): JobInfo[] {
    return [...this.#entries.values()].map((entry) => entry.job);
  }

  /** @throws LacunaError `not-found` */
  get(id: string): JobInfo {
    return this.#entry(id).job;
  }

  /** The process that computes a job now; undefined while it has none. */
  pid(id: string): number | undefined {
    return this.#entry(id).session?.pid;
  }

  /** A queued job is taken from the queue, a running one stops at its next batch. Does nothing to a job that is over. */
  cancel(id: string, reason: StopReason = 'asked'): void {
    const entry = this.#entry(id);
    entry.stopReason ??= reason;
    if (entry.job.state === 'queued') this.#end(entry, { state: 'cancelled', error: cancelled().toWire() });
    else entry.session?.cancel(reason);
  }

  /**
   * Changes of jobs as they come, each with the whole job. `after` is the id of the last event that the listener knows;
   * left out, the stream begins with the newest event of every job.
   */
  events(options: { after?: number; signal?: AbortSignal } = {}): AsyncGenerator<JobEvent, void, void> {
    return this.#log.after(options.after, options.signal);
  }

  /** Resolves when the job is over, however it ended. */
  whenOver(id: string): Promise<JobInfo> {
    return this.#entry(id).over.promise;
  }

  /** Whether a job of this run waits or computes. */
  isWorkingOn(projectUuid: string, runId: number): boolean {
    return this.list().some(
      (job) => job.kind === 'train' && job.runId === runId && job.project === projectUuid && !isOver(job),
    );
  }

  /** Cancels everything and waits until every worker process is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    const open = [...this.#entries.values()].filter((entry) => !isOver(entry.job));
    for (const entry of open) this.cancel(entry.job.id, 'closing');
    await Promise.all(open.map((entry) => entry.over.promise));
    await this.#pool.close();
    this.#log.close();
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new LacunaError('not-found', `There is no job ${id}.`, 'It may be from an earlier session.');
    return entry;
  }

  #startWaiting(): void {
    const open = [...this.#entries.values()].filter((entry) => !isOver(entry.job));
    const free = { compute: this.#options.concurrency, files: 1 };
    for (const entry of open) if (entry.job.state === 'running') free[laneOf(entry.spec)] -= 1;
    open.forEach((entry, i) => {
      const lane = laneOf(entry.spec);
      if (entry.job.state !== 'queued' || free[lane] <= 0) return;
      const sameProject = open.slice(0, i).filter((earlier) => earlier.target.uuid === entry.target.uuid);
      if (sameProject.some((earlier) => needs(entry.spec, earlier.spec))) return;
      free[lane] -= 1;
      this.#start(entry);
    });
  }

  #start(entry: Entry): void {
    this.#change(entry, { state: 'running', startedAt: new Date().toISOString() });
    entry.session = new WorkerSession(this.#pool.take(), {
      projectPath: entry.target.path,
      spec: entry.spec,
      checkpointSeconds: this.#options.checkpointSeconds,
      engine: this.#options.engine(),
      graceSeconds: this.#options.graceSeconds,
      onProgress: (progress) => this.#change(entry, { progress }),
    });
    entry.session.finished.then(
      (result) => this.#end(entry, { state: 'done', result }),
      (thrown: unknown) => {
        const error = LacunaError.from(thrown);
        this.#end(entry, { state: error.code === 'cancelled' ? 'cancelled' : 'failed', error: error.toWire() });
      },
    );
  }

  #end(entry: Entry, changes: Partial<JobInfo>): void {
    entry.session = null;
    const job = { ...entry.job, ...changes, finishedAt: new Date().toISOString() };
    try {
      this.#onOver?.({ job, spec: entry.spec, target: entry.target, stopReason: entry.stopReason });
    } catch (thrown) {
      // What the job made is stored by the worker; a fault here must not stop the queue.
      process.emitWarning(LacunaError.from(thrown));
    }
    this.#change(entry, job);
    entry.over.resolve(entry.job);
    this.#forgetOld();
    if (!this.#closed) this.#startWaiting();
  }

  #change(entry: Entry, changes: Partial<JobInfo>): void {
    entry.job = { ...entry.job, ...changes };
    this.#log.publish(entry.job);
  }

  #forgetOld(): void {
    const over = [...this.#entries.values()].filter((entry) => isOver(entry.job));
    for (const entry of over.slice(0, Math.max(0, over.length - REMEMBERED))) {
      this.#entries.delete(entry.job.id);
      this.#log.forget(entry.job.id);
    }
  }
}

/** The run that a job belongs to, where it is one. */
function runOf(spec: JobSpec): number | null {
  if ('runId' in spec) return spec.runId;
  return (spec.kind === 'evaluate' || spec.kind === 'score') && spec.runIds.length === 1 ? spec.runIds[0] : null;
}
