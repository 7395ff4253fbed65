import type { Progress } from '../../dataset/progress.ts';
import type { EpochRecord } from '../method.ts';

const MIN_INTERVAL_MS = 100;

/** Progress of a training at most ten times a second, with the time left by the pace of this session. */
export class ProgressReporter {
  #report: (progress: Progress) => void;
  #epochs: number;
  #firstEpoch: number;
  #startedAt = performance.now();
  #lastAt = -Infinity;

  constructor(report: (progress: Progress) => void, epochs: number, epochsDone: number) {
    this.#report = report;
    this.#epochs = epochs;
    this.#firstEpoch = epochsDone;
  }

  /** After a batch: `share` of the epoch is done. */
  batch(epoch: number, share: number, losses: Record<string, number>, last: EpochRecord | null): void {
    if (performance.now() - this.#lastAt < MIN_INTERVAL_MS) return;
    this.#send(epoch, epoch - 1 + share, {
      losses,
      heldOut: last?.heldOut ?? null,
      obsPerSecond: last?.obsPerSecond ?? null,
    });
  }

  /** After an epoch. */
  epoch(record: EpochRecord): void {
    if (performance.now() - this.#lastAt < MIN_INTERVAL_MS && record.epoch < this.#epochs) return;
    this.#send(record.epoch, record.epoch, {
      losses: record.train,
      heldOut: record.heldOut,
      obsPerSecond: record.obsPerSecond,
    });
  }

  #send(epoch: number, done: number, detail: Record<string, unknown>): void {
    const now = performance.now();
    this.#lastAt = now;
    const pace = (now - this.#startedAt) / 1000 / (done - this.#firstEpoch);
    this.#report({
      stage: 'Training',
      fraction: done / this.#epochs,
      etaSeconds: Number.isFinite(pace) ? pace * (this.#epochs - done) : null,
      detail: { epoch, epochs: this.#epochs, ...detail },
    });
  }
}
