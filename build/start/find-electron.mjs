import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PROJECT } from '../setup/paths.mjs';

/**
 * Electron's program on this machine, or why there is none, in one sentence. Nothing is downloaded: the package
 * `electron` comes without its program, which it fetches on its first start from GitHub.
 *
 * @returns {{ program: string } | { why: string }}
 */
export function findElectron() {
  const fromVariable = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  try {
    const require = createRequire(join(PROJECT, 'package.json'));
    const folder = dirname(require.resolve('electron/package.json'));
    const name = nameOfProgram(folder);
    for (const place of [fromVariable, join(folder, 'dist')]) {
      if (place && existsSync(join(place, name))) return { program: join(place, name) };
    }
    return {
      why: `Electron's program is not on this machine (${join(folder, 'dist', name)} is missing), so Lacuna opens in the browser.`,
    };
  } catch {
    return { why: 'The package electron is not installed, so Lacuna opens in the browser.' };
  }
}

/** @param {string} folder of the package, where a finished download leaves the name in `path.txt` */
function nameOfProgram(folder) {
  try {
    return readFileSync(join(folder, 'path.txt'), 'utf8').trim();
  } catch {
    if (process.platform === 'win32') return 'electron.exe';
    return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
  }
}
