import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LongTask } from '../dataset/progress.ts';
import { throwIfCancelled } from '../errors/lacuna-error.ts';

/** Milliseconds between two looks at the cancel signal, and between two reports. */
const INTERVAL = 100;

/**
 * Keeps a loop of many short steps answerable: about ten times a second it lets the event loop turn, so that a cancel
 * can arrive, and reports.
 */
export class Pacing {
  readonly #task: LongTask;
  #last = performance.now();
  readonly #started = performance.now();

  constructor(task: LongTask) {
    this.#task = task;
  }

  /**
   * Call after each step.
   * @throws LacunaError `cancelled`
   */
  async step(stage: string, done: number, total: number, detail?: Record<string, unknown>): Promise<void> {
    const now = performance.now();
    if (now - this.#last < INTERVAL) return;
    this.#last = now;
    await nextTurn();
    throwIfCancelled(this.#task.signal);
    const etaSeconds = done > 0 ? ((now - this.#started) / 1000 / done) * (total - done) : null;
    this.#task.report?.({ stage, fraction: done / total, etaSeconds, ...(detail ? { detail } : {}) });
  }

  /**
   * As `step`, for work whose end is not known.
   * @throws LacunaError `cancelled`
   */
  async breathe(stage: string): Promise<void> {
    const now = performance.now();
    if (now - this.#last < INTERVAL) return;
    this.#last = now;
    await nextTurn();
    throwIfCancelled(this.#task.signal);
    this.#task.report?.({ stage, fraction: null });
  }

  /** Between two stages: always looks, always reports. */
  async stage(stage: string): Promise<void> {
    this.#last = performance.now();
    this.#task.report?.({ stage, fraction: null });
    await nextTurn();
    throwIfCancelled(this.#task.signal);
  }
}
