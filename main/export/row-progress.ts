import type { LongTask } from '../dataset/progress.ts';

const MIN_INTERVAL_MS = 100;

/** Turns rows written into progress with a time estimate, at most ten times a second. */
export class RowProgress {
  readonly #task: LongTask;
  readonly #totalRows: number;
  readonly #startedAt = performance.now();
  #done = 0;
  #lastReport = -Infinity;

  /** @param totalRows observations over all passes and matrices of the export */
  constructor(task: LongTask, totalRows: number) {
    this.#task = task;
    this.#totalRows = Math.max(1, totalRows);
  }

  advance(rows: number, stage: string): void {
    this.#done += rows;
    const now = performance.now();
    if (this.#task.report === undefined) return;
    if (now - this.#lastReport < MIN_INTERVAL_MS && this.#done < this.#totalRows) return;
    this.#lastReport = now;
    const fraction = Math.min(1, this.#done / this.#totalRows);
    const seconds = (now - this.#startedAt) / 1000;
    this.#task.report({ stage, fraction, etaSeconds: fraction > 0 ? (seconds * (1 - fraction)) / fraction : null });
  }
}
