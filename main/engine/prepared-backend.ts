import { findTensorflowRuntime } from './tensorflow/find-runtime.ts';

/** What a training would run on, told without starting anything. */
export interface PreparedBackend {
  kind: 'tensorflow' | 'wasm';
  flavour: string;
  why: string;
}

/** The backend that set-up prepared; `startEngine` decides for good when a training begins. */
export function preparedBackend(env: NodeJS.ProcessEnv = process.env): PreparedBackend {
  if (env.LACUNA_BACKEND === 'wasm') {
    return { kind: 'wasm', flavour: 'wasm', why: 'LACUNA_BACKEND asks for the WebAssembly backend.' };
  }
  const runtime = findTensorflowRuntime(env);
  if (runtime === null) {
    return {
      kind: 'wasm',
      flavour: 'wasm',
      why: 'Native TensorFlow is not installed, so the slower WebAssembly backend computes.',
    };
  }
  return { kind: 'tensorflow', flavour: runtime.flavour, why: `Native TensorFlow (${runtime.flavour}) is installed.` };
}
