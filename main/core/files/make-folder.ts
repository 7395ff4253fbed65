import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { expandPath } from './list-folder.ts';
import { requirePlainName } from './plain-name.ts';

/** Makes a folder. @throws LacunaError `bad-request` for its name or when it is there already, `not-found`, `no-access` */
export async function makeFolder(parent: string, name: string): Promise<string> {
  const path = join(expandPath(parent), requirePlainName(name));
  try {
    await mkdir(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw LacunaError.from(thrown);
    throw new LacunaError(
      'bad-request',
      `There is already something named ${name} in this folder.`,
      'Choose another name.',
      { path },
      thrown,
    );
  }
  return path;
}
