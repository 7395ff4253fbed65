import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder with the built window: `LACUNA_RENDERER_DIR`, else `renderer` beside the bundle, else `dist/renderer` of the
 * project that these sources belong to. Null where it is not built.
 */
export function findRendererFolder(
  environment: Record<string, string | undefined> = process.env,
  start = dirname(fileURLToPath(import.meta.url)),
): string | null {
  const isBuilt = (folder: string) => existsSync(join(folder, 'index.html'));
  if (environment.LACUNA_RENDERER_DIR) {
    const folder = resolve(environment.LACUNA_RENDERER_DIR);
    return isBuilt(folder) ? folder : null;
  }
  // Beside the bundle, a folder named `renderer` is the built one; beside the sources it would be the sources.
  if (isBuilt(join(start, 'renderer')) && !existsSync(join(start, 'renderer', 'main.ts')))
    return join(start, 'renderer');
  for (let folder = start; ; folder = dirname(folder)) {
    if (isBuilt(join(folder, 'dist', 'renderer'))) return join(folder, 'dist', 'renderer');
    if (dirname(folder) === folder) return null;
  }
}
