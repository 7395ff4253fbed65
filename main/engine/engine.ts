import type * as tfCore from '@tensorflow/tfjs-core';

/** Where tensors live and who multiplies them. One per process; see `startEngine`. */
export interface Engine {
  /** `tensorflow`: native TensorFlow (CPU or CUDA); `wasm`: the slow fallback. */
  readonly backend: 'tensorflow' | 'wasm';
  /** `CPU` or `GPU: NVIDIA …`, for people. */
  readonly device: string;
  /** Version of TensorFlow, or of the fallback. */
  readonly version: string;
  readonly threads: number;
  /** The tfjs-core API with the backend set and every gradient registered. */
  readonly tf: typeof tfCore;
  /** Why this backend and device were chosen, in one sentence. */
  readonly why: string;
}
