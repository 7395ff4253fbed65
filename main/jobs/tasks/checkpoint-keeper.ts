import type { CheckpointState } from '../../methods/method.ts';

export interface CheckpointKeeperOptions {
  /** A crash must not lose more training than this, seconds. */
  everySeconds: number;
  save: (checkpoint: CheckpointState) => void;
  /** Milliseconds; for tests. */
  now?: () => number;
}

/** Share of the time that building and storing checkpoints may take. */
const MAX_SHARE = 0.02;
/** Not more often than this however cheap it is: every checkpoint is written to the disk. */
const MIN_SECONDS = 5;

/**
 * Decides when a checkpoint is built and stored. A method offers one at the end of every epoch; taking it means copying
 * weights, storing it means writing three times their size. So
 * - it is built as often as copying takes a small share of the time, and kept in memory: a cancel stores that one, and
 *   loses the epoch that it interrupts (or, where epochs are shorter than copying, the last few);
 * - it is stored when storing has been cheap so far, and after `everySeconds` in any case: a crash loses no more than
 *   that (plus the epoch under way).
 */
export class CheckpointKeeper {
  readonly #options: CheckpointKeeperOptions;
  readonly #now: () => number;
  /** Built and not yet stored. */
  #latest: CheckpointState | null = null;
  #lastBuild: number;
  #lastSave: number;
  #buildMs = 0;
  #saveMs = 0;

  constructor(options: CheckpointKeeperOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#lastBuild = this.#lastSave = this.#now();
  }

  offer(build: () => CheckpointState): void {
    const started = this.#now();
    const due = this.#isDue(started);
    if (!due && this.#buildMs > (started - this.#lastBuild) * MAX_SHARE) return;
    this.#latest = build();
    this.#lastBuild = this.#now();
    this.#buildMs = this.#lastBuild - started;
    if (due) this.flush();
  }

  /** Stores what is built and not yet stored; called when a training stops early. */
  flush(): void {
    if (!this.#latest) return;
    const started = this.#now();
    this.#options.save(this.#latest);
    this.#latest = null;
    this.#lastSave = this.#now();
    this.#saveMs = this.#lastSave - started;
  }

  #isDue(now: number): boolean {
    const seconds = (now - this.#lastSave) / 1000;
    const affordable = Math.max(MIN_SECONDS, (this.#buildMs + this.#saveMs) / 1000 / MAX_SHARE);
    return seconds >= Math.min(this.#options.everySeconds, affordable);
  }
}
