import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, PROJECT } from './paths.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { digestOf, readStamps, writeStamp } from './stamps.mjs';

/** What is bundled: the name in `dist/`, and the source that it starts from. */
const ENTRIES = {
  cli: 'main/cli/main.ts',
  worker: 'main/jobs/worker/worker-main.ts',
};

/** Where the sources of the bundles lie. */
const SOURCES = ['main'];

/** @type {import('./step.mjs').Step} */
export const bundleStep = {
  title: 'bundles',
  cost: 'about a second',
  isDone: () =>
    readStamps().bundles === digest() && Object.keys(ENTRIES).every((name) => existsSync(join(DIST, `${name}.js`))),
  async run() {
    const stamp = digest();
    const { build } = await import('esbuild');
    const beside = `${DIST}.new`;
    rmSync(beside, { recursive: true, force: true });
    try {
      await build({
        absWorkingDir: PROJECT,
        entryPoints: ENTRIES,
        outdir: beside,
        bundle: true,
        // Parts that are imported late stay apart, so that a command loads only what it needs; all lie side by side,
        // because the worker is looked for beside the file that starts it.
        splitting: true,
        chunkNames: '[name]-[hash]',
        format: 'esm',
        platform: 'node',
        target: 'node24',
        packages: 'external',
        sourcemap: 'linked',
        legalComments: 'none',
        logLevel: 'silent',
      });
    } catch (error) {
      throw new SetUpFailure(
        'The sources could not be bundled.',
        'If you changed them, mend the lines below; otherwise fetch the sources anew.',
        error instanceof Error ? error.message : String(error),
      );
    }
    rmSync(DIST, { recursive: true, force: true });
    renameSync(beside, DIST);
    writeStamp('bundles', stamp);
    return Object.keys(ENTRIES)
      .map((name) => `dist/${name}.js`)
      .join(', ');
  },
};

/** Path, size and time of change of each source, and the versions of the packages; a few milliseconds. */
function digest() {
  const parts = [readFileSync(join(PROJECT, 'package.json'), 'utf8'), JSON.stringify(ENTRIES)];
  for (const folder of SOURCES) addFiles(join(PROJECT, folder), parts);
  return digestOf(...parts);
}

/**
 * @param {string} folder
 * @param {string[]} parts
 */
function addFiles(folder, parts) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) addFiles(path, parts);
    else if (/\.(ts|json|sql)$/.test(entry.name) && !/\.(test|golden)\.\w+$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(path);
      parts.push(`${path} ${size} ${mtimeMs}`);
    }
  }
}
