import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { PROJECT } from './paths.mjs';
import { telltaleLines } from './run-command.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { digestOf, readStamps, writeStamp } from './stamps.mjs';

const LOCK = join(PROJECT, 'package-lock.json');
const INSTALLED = join(PROJECT, 'node_modules', '.package-lock.json');

/** @type {import('./step.mjs').Step} */
export const npmStep = {
  title: 'npm packages',
  cost: 'downloads about 200 MB, takes about 600 MB on the disk',
  isDone: () => existsSync(INSTALLED) && readStamps().npm === digest(),
  async run() {
    const kept = existsSync(INSTALLED) && samePackages();
    if (!kept) {
      // Without their scripts: the one of @tensorflow/tfjs-node would fetch a TensorFlow of 2022.
      const { code, output } = await npm(['ci', '--ignore-scripts', '--include=dev'], { cwd: PROJECT });
      if (code !== 0) {
        throw new SetUpFailure(
          'npm could not install the packages that package-lock.json names.',
          'Check the network (and npm’s proxy or registry settings) and the space on the disk, then run this again.',
          telltaleLines(output),
        );
      }
    }
    writeStamp('npm', digest());
    return kept ? 'already as package-lock.json says' : `${Object.keys(packagesOf(INSTALLED)).length} packages`;
  },
};

function digest() {
  return digestOf(readFileSync(LOCK));
}

/** Someone who ran `npm install` by hand has them already; a second `npm ci` would only cost time. */
function samePackages() {
  return isInstalled(packagesOf(LOCK), packagesOf(INSTALLED));
}

/** @param {string} lockFile */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
}

/**
 * @param {Record<string, { version?: string, integrity?: string, optional?: boolean }>} wanted `packages` of package-lock.json
 * @param {Record<string, { version?: string, integrity?: string }>} installed `packages` of npm's record in node_modules
 * @returns {boolean} whether each wanted package is there; those for other systems (`optional`) may miss
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}
