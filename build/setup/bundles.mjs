import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleElectron } from './electron-bundles.mjs';
import { DIST, PROJECT } from './paths.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { sourceDigest } from './source-digest.mjs';
import { readStamps, writeStamp } from './stamps.mjs';

/** What is bundled: the name in `dist/`, and the source that it starts from. */
const ENTRIES = {
  cli: 'main/cli/main.ts',
  worker: 'main/jobs/worker/worker-main.ts',
};

/** Where the sources of the bundles lie. */
const SOURCES = ['main', 'electron', 'build/setup/electron-bundles.mjs', 'build/setup/licences.mjs'];

const WINDOW = join(DIST, 'renderer');

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
      await bundleElectron(build, join(beside, 'electron'));
    } catch (error) {
      throw new SetUpFailure(
        'The sources could not be bundled.',
        'If you changed them, mend the lines below; otherwise fetch the sources anew.',
        error instanceof Error ? error.message : String(error),
      );
    }
    // The built window lies there too, and has a step of its own.
    if (existsSync(WINDOW)) renameSync(WINDOW, join(beside, 'renderer'));
    rmSync(DIST, { recursive: true, force: true });
    renameSync(beside, DIST);
    writeStamp('bundles', stamp);
    return Object.keys(ENTRIES)
      .map((name) => `dist/${name}.js`)
      .join(', ');
  },
};

function digest() {
  return sourceDigest(SOURCES, /\.(ts|json|sql|mjs)$/, JSON.stringify(ENTRIES));
}
