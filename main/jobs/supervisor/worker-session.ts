import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Progress } from '../../dataset/progress.ts';
import type { JobSpec } from '../job-spec.ts';
import { explainExit } from '../worker/explain-exit.ts';
import { fromWorkerSchema } from '../worker/worker-messages.ts';
import type { EngineWish, StopReason, ToWorker } from '../worker/worker-messages.ts';
import type { WorkerProcess } from '../worker/worker-launcher.ts';
import { MemoryWatch } from './memory-watch.ts';

export interface SessionOptions {
  projectPath: string;
  spec: JobSpec;
  checkpointSeconds: number;
  engine: EngineWish;
  /** How long a worker may take to answer a cancel before it is ended, seconds. */
  graceSeconds: number;
  onProgress: (progress: Progress) => void;
}

/**
 * One job on one worker process, from start to the end of the process. `finished` resolves with the job's result, or
 * rejects with a `LacunaError`; either way the process is gone by then.
 */
export class WorkerSession {
  readonly finished: Promise<unknown>;
  readonly #worker: WorkerProcess;
  readonly #graceSeconds: number;
  #cancelled = false;
  #graceTimer: NodeJS.Timeout | null = null;

  constructor(worker: WorkerProcess, options: SessionOptions) {
    this.#worker = worker;
    this.#graceSeconds = options.graceSeconds;
    const memory = new MemoryWatch();
    let outcome: { result: unknown } | { error: LacunaError } | null = null;
    this.finished = new Promise((resolve, reject) => {
      worker.onMessage((raw) => {
        const message = fromWorkerSchema.safeParse(raw);
        if (!message.success) return;
        switch (message.data.type) {
          case 'ready':
            return;
          case 'progress':
            return options.onProgress(message.data.progress);
          case 'result':
            outcome ??= { result: message.data.result };
            return;
          case 'error':
            outcome ??= { error: LacunaError.fromWire(message.data.error) };
        }
      });
      worker.onExit((exit) => {
        const atExit = memory.stop();
        if (this.#graceTimer) clearTimeout(this.#graceTimer);
        if (outcome && 'result' in outcome) return resolve(outcome.result);
        if (outcome) return reject(outcome.error);
        // A worker that did not answer in time was ended by us: that is a cancel that lost what is not stored yet.
        if (this.#cancelled) return reject(new LacunaError('cancelled', 'Cancelled.', '', { forced: true }));
        reject(explainExit(exit, atExit));
      });
    });
    // A session may end before anybody waits for it; whoever waits still gets the rejection.
    this.finished.catch(() => {});
    this.#send({
      type: 'start',
      projectPath: options.projectPath,
      spec: options.spec,
      checkpointSeconds: options.checkpointSeconds,
      engine: options.engine,
    });
  }

  get pid(): number | undefined {
    return this.#worker.pid;
  }

  /** Asks the worker to stop; ends it when it has not done so after the grace period. */
  cancel(reason: StopReason): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.#send({ type: 'cancel', reason });
    this.#graceTimer = setTimeout(() => this.#worker.kill(), this.#graceSeconds * 1000);
  }

  #send(message: ToWorker): void {
    this.#worker.send(message);
  }
}
