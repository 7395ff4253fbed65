import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type * as tfCore from '@tensorflow/tfjs-core';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Engine } from '../engine.ts';

const require = createRequire(import.meta.url);

interface WasmPackage {
  setWasmPaths(prefix: string): void;
  setThreadsCount(threads: number): void;
  getThreadsCount(): number;
  version_wasm: string;
}

/**
 * The WebAssembly backend, from the files inside its package (nothing is fetched). Node has no shared-memory build of
 * it, so it computes on one thread, with SIMD instructions.
 *
 * @param why the sentence that says why this backend was taken
 * @throws LacunaError `unsupported` when WebAssembly does not start
 */
export async function loadWasm(why: string, threads?: number): Promise<Engine> {
  const tf = require('@tensorflow/tfjs-core') as typeof tfCore;
  // Registers every gradient; the core alone has none.
  require('@tensorflow/tfjs');
  const entry = require.resolve('@tensorflow/tfjs-backend-wasm');
  const wasm = require(entry) as WasmPackage;
  wasm.setWasmPaths(dirname(entry) + sep);
  if (threads !== undefined) wasm.setThreadsCount(threads);
  const started = await tf.setBackend('wasm');
  if (!started) {
    throw new LacunaError(
      'unsupported',
      'The WebAssembly backend did not start.',
      'Run the set-up again; its files may be damaged.',
    );
  }
  await tf.ready();
  let nThreads = 1;
  try {
    nThreads = Math.max(1, wasm.getThreadsCount());
  } catch {
    // Thrown by the single-threaded build, which has no thread pool to count.
  }
  return { backend: 'wasm', device: 'CPU', version: wasm.version_wasm, threads: nThreads, tf, why };
}
