import { availableParallelism, totalmem } from 'node:os';
import type { Machine } from '../methods/method.ts';

/**
 * Sustained float32 matrix product of one thread. 185 GFLOP/s were measured on two AVX-512 threads with TensorFlow
 * 2.21 (256 × 8000 × 512); half of that per thread is what an older or throttled processor gives.
 */
const FLOPS_PER_THREAD = 5e10;

/** What this machine has, for an estimate before the tensor engine is started; a container's limit counts as its memory. */
export function thisMachine(): Machine {
  const limit = process.constrainedMemory();
  const threads = availableParallelism();
  return {
    totalMemoryBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    freeMemoryBytes: process.availableMemory(),
    threads,
    flopsPerSecond: threads * FLOPS_PER_THREAD,
  };
}
