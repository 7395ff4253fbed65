import { mkdirSync } from 'node:fs';
import { LacunaError } from '../../errors/lacuna-error.ts';

/** Makes the folder for projects, which need not be there before the first of them. @throws LacunaError `no-access` */
export function makeProjectFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    const what = `The folder for projects, ${folder}, is not there and cannot be made.`;
    throw new LacunaError('no-access', what, 'Choose another folder in the settings.', { path: folder }, thrown);
  }
}
