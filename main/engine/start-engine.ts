import { LacunaError } from '../errors/lacuna-error.ts';
import type { Engine } from './engine.ts';
import { loadTensorflow } from './tensorflow/load-tensorflow.ts';
import { loadWasm } from './wasm/load-wasm.ts';

export interface EngineOptions {
  /** Default: the variable `LACUNA_BACKEND`, else native TensorFlow where it loads. */
  backend?: 'tensorflow' | 'wasm';
  device?: 'auto' | 'cpu' | 'gpu';
  threads?: number;
}

let running: Promise<Engine> | null = null;

/**
 * Starts the tensor engine of this process; later calls get the same one, because the libraries keep one backend per
 * process (options of later calls are ignored).
 *
 * @throws LacunaError `unsupported` when a backend was demanded that is not there
 */
export function startEngine(options: EngineOptions = {}): Promise<Engine> {
  running ??= start(options).catch((error: unknown) => {
    running = null;
    throw error;
  });
  return running;
}

async function start(options: EngineOptions): Promise<Engine> {
  const demanded = options.backend ?? demandedByEnvironment();
  if (demanded === 'wasm') return loadWasm('The WebAssembly backend was asked for.', options.threads);
  const native = await loadTensorflow({ device: options.device, threads: options.threads });
  if (!('missing' in native)) return native;
  if (demanded === 'tensorflow') {
    throw new LacunaError(
      'unsupported',
      native.missing,
      'Run the set-up again, or let LACUNA_BACKEND unset so that the slower WebAssembly backend can take over.',
    );
  }
  return loadWasm(`${native.missing} The WebAssembly backend computes instead, several times slower.`, options.threads);
}

function demandedByEnvironment(): 'tensorflow' | 'wasm' | undefined {
  const value = process.env.LACUNA_BACKEND;
  if (value === undefined || value === '') return undefined;
  if (value === 'tensorflow' || value === 'wasm') return value;
  throw new LacunaError(
    'bad-option',
    `LACUNA_BACKEND is '${value}'; expected 'tensorflow' or 'wasm'.`,
    'Correct or unset the variable.',
  );
}
