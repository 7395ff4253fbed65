import { measureMachine } from '../../engine/measure-machine.ts';
import type { MemoryAtExit } from '../worker/explain-exit.ts';

/**
 * Notes the least free memory while a worker computes. When the system kills a process for want of memory the memory
 * is free again before anybody can look, so the time before counts.
 */
export class MemoryWatch {
  #least = process.availableMemory();
  readonly #timer: NodeJS.Timeout;

  constructor(intervalMs = 250) {
    this.#timer = setInterval(() => {
      this.#least = Math.min(this.#least, process.availableMemory());
    }, intervalMs);
    this.#timer.unref();
  }

  stop(): MemoryAtExit {
    clearInterval(this.#timer);
    return { leastFreeBytes: this.#least, totalBytes: measureMachine().totalMemoryBytes };
  }
}
