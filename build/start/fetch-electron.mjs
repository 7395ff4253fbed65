import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PROJECT } from '../setup/paths.mjs';

/**
 * Fetches Electron's program with the package's own installer, which compares it with the checksums that came with the
 * package. Done only when `LACUNA_FETCH_ELECTRON=1` asks for it: Lacuna downloads nothing of its own accord.
 *
 * @returns {boolean} whether it is there now; what went wrong stands on standard error
 */
export function fetchElectron() {
  const installer = createRequire(join(PROJECT, 'package.json')).resolve('electron/install.js');
  return spawnSync(process.execPath, [installer], { stdio: ['ignore', 2, 2] }).status === 0;
}
