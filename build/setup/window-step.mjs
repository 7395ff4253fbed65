import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, PROJECT } from './paths.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { sourceDigest } from './source-digest.mjs';
import { readStamps, writeStamp } from './stamps.mjs';

/** Where the built window lies; the server looks here. */
const TARGET = join(DIST, 'renderer');

/** The window, and the parts of the core that its contract is made of. */
const SOURCES = ['renderer', 'main/contract', 'main/core/settings', 'main/jobs', 'main/preprocess'];

/** @type {import('./step.mjs').Step} */
export const windowStep = {
  title: 'window',
  cost: 'a few seconds',
  isDone: () => readStamps().window === digest() && existsSync(join(TARGET, 'index.html')),
  async run() {
    const stamp = digest();
    const { build } = await import('vite');
    const beside = `${TARGET}.new`;
    rmSync(beside, { recursive: true, force: true });
    try {
      await build({
        configFile: join(PROJECT, 'renderer', 'vite.config.ts'),
        build: { outDir: beside, emptyOutDir: true, reportCompressedSize: false },
        logLevel: 'silent',
      });
    } catch (error) {
      rmSync(beside, { recursive: true, force: true });
      throw new SetUpFailure(
        'The window could not be built.',
        'If you changed its sources, mend the lines below; otherwise fetch the sources anew.',
        error instanceof Error ? error.message : String(error),
      );
    }
    rmSync(TARGET, { recursive: true, force: true });
    renameSync(beside, TARGET);
    writeStamp('window', stamp);
    return 'dist/renderer';
  },
};

function digest() {
  return sourceDigest(SOURCES, /\.(ts|js|json|svelte|css|html|svg|png|woff2)$/);
}
