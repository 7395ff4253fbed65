import { availableParallelism } from 'node:os';
import { LacunaError } from '../errors/lacuna-error.ts';

type Scran = typeof import('scran.js');

/** libscran (https://github.com/libscran) in WebAssembly: started once a process, on first use. */
export interface Libscran {
  scran: Scran;
  /**
   * Call before anything is copied to or from its memory. When one of its threads makes the memory grow, scran.js keeps
   * looking at the old, shorter one, and a copy fails with "Invalid typed array length". Passing a text to the module
   * makes it look again; a clustering of two numbers is the smallest call that passes one.
   */
  refresh(): void;
}

let started: Promise<Libscran> | null = null;

/** More threads than this gain nothing: the searches are short. */
const MAX_THREADS = 8;

/** The library, started on first use. Its threads do not keep the process alive. */
export function libscran(): Promise<Libscran> {
  started ??= start();
  return started;
}

async function start(): Promise<Libscran> {
  let scran: Scran;
  try {
    scran = await import('scran.js');
    await scran.initialize({ numberOfThreads: Math.min(MAX_THREADS, availableParallelism()) });
  } catch (cause) {
    started = null;
    throw new LacunaError(
      'internal',
      'The part that finds neighbours and clusters (scran.js) did not start.',
      'Run the set-up again.',
      {},
      cause,
    );
  }
  const two = scran.createFloat64WasmArray(2);
  const options = {
    numberOfDims: 1,
    numberOfCells: 2,
    numberOfThreads: 1,
    initMethod: 'random',
    refineMethod: 'lloyd',
  } as const;
  return { scran, refresh: () => scran.clusterKmeans(two, 1, options).free() };
}
