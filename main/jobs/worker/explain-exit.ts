import { LacunaError } from '../../errors/lacuna-error.ts';
import type { WorkerExit } from './worker-launcher.ts';

/** What is known about the machine when a worker was lost. */
export interface MemoryAtExit {
  /** Least free memory seen while it worked, bytes. */
  leastFreeBytes: number;
  totalBytes: number;
}

const FREE_UP =
  'Close other programs, or choose fewer genes, a smaller batch or a smaller network; then start the job again.';

/**
 * Says in plain words why a compute worker ended without a result. Out of memory is told apart from a crash: by V8's
 * own last words, by an allocation failure of the native code, or by the system's SIGKILL while memory was short. The
 * data is never blamed: a worker that could tell what is wrong with a file says so itself.
 */
export function explainExit(exit: WorkerExit, memory: MemoryAtExit): LacunaError {
  const details = {
    exitCode: exit.code,
    signal: exit.signal,
    leastFreeBytes: memory.leastFreeBytes,
    lastWords: exit.stderr.slice(-1000),
  };
  if (/JavaScript heap out of memory|Array buffer allocation failed/.test(exit.stderr)) {
    return new LacunaError(
      'out-of-memory',
      'The compute process needed more memory than it may use.',
      FREE_UP,
      details,
    );
  }
  if (/std::bad_alloc|OOM when allocating|cannot allocate memory/i.test(exit.stderr)) {
    return new LacunaError(
      'out-of-memory',
      'The computer ran out of memory in the middle of a computation.',
      FREE_UP,
      details,
    );
  }
  if (exit.signal === 'SIGKILL' && memory.leastFreeBytes < memory.totalBytes * 0.08) {
    return new LacunaError(
      'out-of-memory',
      'The system ended the compute process because the computer was short of memory.',
      FREE_UP,
      details,
    );
  }
  const how = exit.signal ? `signal ${exit.signal}` : `exit status ${exit.code ?? 'unknown'}`;
  return new LacunaError(
    'worker-lost',
    `The compute process ended unexpectedly (${how}).`,
    'Your data is safe. Start the job again; a training goes on from its last checkpoint.',
    details,
  );
}
