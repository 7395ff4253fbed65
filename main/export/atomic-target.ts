import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LacunaError } from '../errors/lacuna-error.ts';

/**
 * Writes a file all or nothing: `write` gets a temporary path beside the target, which takes the target's name only
 * when everything is on disk. A failed or cancelled export leaves nothing, and an old file stays as it was until then.
 *
 * @returns the size of the file, bytes
 * @throws LacunaError `bad-option` when the target exists and may not be replaced, `not-found` without its folder,
 *   `no-access`, `disk-full`, and whatever `write` throws
 */
export async function writeFileAtomically(
  path: string,
  overwrite: boolean,
  write: (temporaryPath: string) => Promise<void>,
): Promise<number> {
  const target = resolve(path);
  await refuseExisting(target, overwrite, 'file');
  const temporary = temporaryBeside(target);
  try {
    // Made here first, so that a read-only or full place answers with the system's own reason.
    await (await open(temporary, 'wx')).close();
    await write(temporary);
    const { size } = await stat(temporary);
    await rename(temporary, target);
    return size;
  } catch (error) {
    await rm(temporary, { force: true });
    throw LacunaError.from(error);
  }
}

/**
 * The same for a folder of files. A folder that exists is replaced only with `overwrite`, and only when it holds
 * nothing but `expectedFiles`: other people's files in it are never deleted.
 *
 * @returns the size of all files, bytes
 * @throws LacunaError as `writeFileAtomically`
 */
export async function writeFolderAtomically(
  path: string,
  overwrite: boolean,
  expectedFiles: readonly string[],
  write: (temporaryPath: string) => Promise<void>,
): Promise<number> {
  const target = resolve(path);
  await refuseExisting(target, overwrite, 'folder');
  const replaced = existsSync(target);
  if (replaced) {
    const foreign = (await readdir(target)).filter((name) => !expectedFiles.includes(name));
    if (foreign.length > 0) {
      throw new LacunaError(
        'bad-option',
        `The folder ${target} holds other files too (${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ' …' : ''}), so it was not replaced.`,
        'Choose a new folder, or an empty one.',
      );
    }
  }
  const temporary = temporaryBeside(target);
  const retired = `${temporary}.old`;
  try {
    await mkdir(temporary);
    await write(temporary);
    let bytes = 0;
    for (const name of await readdir(temporary)) bytes += (await stat(join(temporary, name))).size;
    if (replaced) await rename(target, retired);
    try {
      await rename(temporary, target);
    } catch (error) {
      if (replaced) await rename(retired, target);
      throw error;
    }
    await rm(retired, { recursive: true, force: true });
    return bytes;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw LacunaError.from(error);
  }
}

function temporaryBeside(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.part`);
}

async function refuseExisting(target: string, overwrite: boolean, wanted: 'file' | 'folder'): Promise<void> {
  const folder = dirname(target);
  if (!existsSync(folder)) {
    throw new LacunaError(
      'not-found',
      `There is no folder ${folder} to write ${basename(target)} into.`,
      'Create the folder first, or choose another place.',
    );
  }
  const found = await stat(target).catch(() => null);
  if (found === null) return;
  if (found.isDirectory() !== (wanted === 'folder')) {
    throw new LacunaError(
      'bad-option',
      `${target} is a ${wanted === 'folder' ? 'file' : 'folder'}; a ${wanted} was to be written there.`,
      'Choose another name.',
    );
  }
  const empty = wanted === 'folder' && (await readdir(target)).length === 0;
  if (!overwrite && !empty) {
    throw new LacunaError(
      'bad-option',
      `${target} exists already, and was left as it is.`,
      'Choose another name, or allow the export to overwrite it.',
    );
  }
}
