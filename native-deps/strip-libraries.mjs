import { runCommand } from '../build/setup/run-command.mjs';

/**
 * Takes the symbols out of libraries that nobody debugs here; the Linux CPU build shrinks from 853 to 635 MB. Where
 * there is no `strip`, or where it would break a signature (macOS), they stay as they are.
 *
 * @param {string[]} libraries
 * @returns {Promise<boolean>} whether it was done
 */
export async function stripLibraries(libraries) {
  if (process.platform !== 'linux') return false;
  for (const library of libraries) {
    const { code } = await runCommand('strip', ['--strip-unneeded', library]);
    if (code !== 0) return false;
  }
  return true;
}
