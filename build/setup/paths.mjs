import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, whatever the working directory is. */
export const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Where set-up puts what belongs to this machine: Node, TensorFlow and its own records. `LACUNA_RUNTIME_DIR` moves it,
 * for instance to a larger disk.
 */
export const RUNTIME = process.env.LACUNA_RUNTIME_DIR
  ? resolve(process.env.LACUNA_RUNTIME_DIR)
  : join(PROJECT, '.runtime');

/** Node inside the project. */
export const NODE_FOLDER = join(RUNTIME, 'node', 'bin');
export const NODE_BINARY = join(NODE_FOLDER, process.platform === 'win32' ? 'node.exe' : 'node');

/** Native TensorFlow and its binding; the engine looks here. */
export const TENSORFLOW_FOLDER = join(RUNTIME, 'tensorflow');

/** The bundles. */
export const DIST = join(PROJECT, 'dist');
