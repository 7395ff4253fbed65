import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Lets the window, the core and every other program of the computer go first: a compute process is busy for minutes on
 * all processors, and on an idle computer gets them all the same. Threads that are started later inherit it.
 *
 * A system that refuses changes nothing but how quickly others are answered.
 */
export function giveWay(): void {
  for (const id of ownThreads()) {
    try {
      setPriority(id, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // Not allowed, or the thread has ended by now.
    }
  }
}

/** Linux keeps a priority for each thread, and some were started before this program could speak; 0: the process. */
function ownThreads(): number[] {
  if (process.platform !== 'linux') return [0];
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [0];
  }
}
