import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';

/** @throws LacunaError `not-found` unless the folder of `path` exists */
export function requireFolderOf(path: string): void {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new LacunaError(
      'not-found',
      `There is no folder ${folder}.`,
      'Make the folder first, or choose another one.',
      { path: folder },
    );
  }
}
