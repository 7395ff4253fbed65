import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DIST, PROJECT } from '../setup/paths.mjs';
import { runtimeFiles } from './runtime-files.mjs';

/** The application as it goes into the archive: bundles, built window, and the packages beside them. */
export const STAGED = join(DIST, 'app');

/**
 * Puts together what an installed application consists of, and nothing else. `package.json` names no dependency, so that
 * electron-builder adds none of its own accord.
 *
 * @param {import('./runtime-files.mjs').Target} target
 * @param {string} [folder]
 * @returns {Promise<{ folder: string, files: number }>}
 */
export async function stageApp(target, folder = STAGED) {
  rmSync(folder, { recursive: true, force: true });
  const bundles = join(DIST, 'electron');
  /** @type {[from: string, to: string][]} */
  const copies = [
    ...globSync('**/*.{js,cjs,txt}', { cwd: bundles }).map((file) => pair(bundles, 'dist/electron', file)),
    ...filesOf(join(DIST, 'renderer')).map((file) => pair(join(DIST, 'renderer'), 'dist/renderer', file)),
    ...(await runtimeFiles(bundles, target)).map((file) => pair(join(PROJECT, 'node_modules'), 'node_modules', file)),
    [join(PROJECT, 'LICENSE'), 'LICENSE'],
  ];
  for (const [from, to] of copies) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(from, join(folder, to));
  }
  const { name, productName, version, description, license, type, main } = JSON.parse(
    readFileSync(join(PROJECT, 'package.json'), 'utf8'),
  );
  const packed = { name, productName, version, description, author: 'The Lacuna authors', license, type, main };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`);
  return { folder, files: copies.length + 1 };
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string} file
 * @returns {[string, string]}
 */
function pair(from, to, file) {
  return [join(from, file), join(to, file)];
}

/** @param {string} folder */
function filesOf(folder) {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
