import { availableParallelism, totalmem } from 'node:os';
import type { Machine } from '../methods/method.ts';
import type { Engine } from './engine.ts';

/** The product of one measurement: 256 × 4096 × 256, about a millisecond on a current processor. */
const [M, K, N] = [256, 4096, 256];
const REPEATS = 5;
/** Per thread and second, before anything was measured: half of what an AVX-512 thread gives. */
const ASSUMED_FLOPS_PER_THREAD = 5e10;

let measured: number | null = null;

/**
 * What this machine can do now. With an engine the speed is measured by a short matrix product, once per process;
 * without one it is the last measurement, or a cautious assumption.
 */
export function measureMachine(engine?: Engine): Machine {
  if (engine) measured ??= measureFlops(engine);
  const threads = engine?.threads ?? availableParallelism();
  const limit = process.constrainedMemory();
  return {
    totalMemoryBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    freeMemoryBytes: process.availableMemory(),
    threads,
    flopsPerSecond: measured ?? threads * ASSUMED_FLOPS_PER_THREAD,
  };
}

/** Best of a few repeats: other programs can only slow it down. */
function measureFlops({ tf }: Engine): number {
  const a = tf.fill([M, K], 0.5);
  const b = tf.fill([K, N], 0.25);
  let best = Infinity;
  for (let i = 0; i <= REPEATS; i++) {
    const start = performance.now();
    const product = tf.matMul(a as never, b as never);
    product.dataSync();
    const seconds = (performance.now() - start) / 1000;
    product.dispose();
    // The first one also starts threads.
    if (i > 0) best = Math.min(best, seconds);
  }
  a.dispose();
  b.dispose();
  return (2 * M * K * N) / best;
}
