import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the parts of the application lie that are files of their own. */
export interface Resources {
  /** The built window. */
  renderer: string;
  /** The compute worker's bundle. */
  worker: string;
  /** What the native parts and the workers are told by environment variables. */
  env: Record<string, string>;
}

/**
 * Finds them: in the sources' `dist`, or in an installed application, where programs and native parts lie beside the
 * archive (`app.asar.unpacked`), because compilers, loaders and threads of other libraries cannot look into it.
 *
 * @param folder `dist/electron`, in the project or in the archive
 * @param resourcesPath of the installed application; null when it runs from its sources
 */
export function findResources(folder: string, resourcesPath: string | null): Resources {
  const renderer = join(folder, '..', 'renderer');
  if (resourcesPath === null) return { renderer, worker: join(folder, 'worker', 'worker.js'), env: {} };
  const unpacked = join(resourcesPath, 'app.asar.unpacked');
  const tensorflow = join(resourcesPath, 'tensorflow');
  return {
    renderer,
    worker: join(unpacked, 'dist', 'electron', 'worker', 'worker.js'),
    env: {
      LACUNA_HDF5_PLUGINS: join(unpacked, 'node_modules', 'h5wasm-plugins', 'plugins'),
      ...(existsSync(tensorflow) && { LACUNA_TENSORFLOW_DIR: tensorflow }),
    },
  };
}
