import type { WorkerLauncher, WorkerProcess } from '../worker/worker-launcher.ts';

/**
 * Hands out fresh worker processes, never one that has worked before. With a spare, the next process is started ahead:
 * it has its program loaded and waits, so that a job does not wait for Node to start.
 */
export class WorkerPool {
  readonly #launcher: WorkerLauncher;
  readonly #keepSpare: boolean;
  #spare: { worker: WorkerProcess; gone: Promise<void> } | null = null;
  #closed = false;

  constructor(launcher: WorkerLauncher, keepSpare: boolean) {
    this.#launcher = launcher;
    this.#keepSpare = keepSpare;
    if (keepSpare) this.#launchSpare();
  }

  take(): WorkerProcess {
    const worker = this.#spare?.worker ?? this.#launcher.launch();
    this.#spare = null;
    if (this.#keepSpare && !this.#closed) this.#launchSpare();
    return worker;
  }

  /** Ends the spare process and waits until it is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    const spare = this.#spare;
    this.#spare = null;
    spare?.worker.kill();
    await spare?.gone;
  }

  #launchSpare(): void {
    const worker = this.#launcher.launch();
    const gone = Promise.withResolvers<void>();
    const spare = { worker, gone: gone.promise };
    this.#spare = spare;
    worker.onExit(() => {
      // A spare that ended while it waited is not replaced here: a launcher that fails would start processes forever.
      if (this.#spare === spare) this.#spare = null;
      gone.resolve();
    });
  }
}
