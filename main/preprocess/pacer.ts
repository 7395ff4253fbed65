import { setImmediate } from 'node:timers/promises';
import type { LongTask } from '../dataset/progress.ts';
import { throwIfCancelled } from '../errors/lacuna-error.ts';

const PAUSE_AFTER_MS = 80;
const LOOK_AT_CLOCK_EVERY = 64;

/**
 * Lets a long loop breathe: about ten times a second it reports, hands the thread back once, so that a cancel can be
 * heard, and throws when one was. `if (pacer.due()) await pacer.pause(done)` costs next to nothing per turn.
 */
export class Pacer {
  readonly signal: AbortSignal | undefined;
  #report: LongTask['report'];
  #stage = '';
  #turns = 0;
  #last = performance.now();

  constructor(task: LongTask = {}) {
    this.signal = task.signal;
    this.#report = task.report;
  }

  /** Names what happens next. @throws LacunaError `cancelled` */
  stage(name: string): void {
    throwIfCancelled(this.signal);
    this.#stage = name;
  }

  due(): boolean {
    if (++this.#turns < LOOK_AT_CLOCK_EVERY) return false;
    this.#turns = 0;
    return performance.now() - this.#last >= PAUSE_AFTER_MS;
  }

  /** @throws LacunaError `cancelled` */
  async pause(fraction: number | null): Promise<void> {
    this.#report?.({ stage: this.#stage, fraction });
    await setImmediate();
    throwIfCancelled(this.signal);
    this.#last = performance.now();
  }
}
