import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../e2e/support/chromium.ts';
import { PROJECT } from '../setup/paths.mjs';
import type { Check } from './check.ts';
import { countSpecs, type PlaywrightReport } from './count-specs.ts';

/** The specs in a real browser; they speak for themselves while they run. */
export const windowCheck: Check = {
  name: 'window',
  about: 'playwright',
  live: true,
  async run() {
    if (findChromium() === null) installChromium();
    const folder = mkdtempSync(join(tmpdir(), 'lacuna-window-'));
    try {
      const file = join(folder, 'report.json');
      const playwright = join(PROJECT, 'node_modules', '@playwright', 'test', 'cli.js');
      const args = ['test', '-c', join(PROJECT, 'e2e', 'playwright.config.ts'), '--reporter=list,json'];
      const child = spawn(process.execPath, [playwright, ...args], {
        cwd: PROJECT,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      });
      const stop = () => child.kill('SIGTERM');
      process.once('SIGTERM', stop);
      const [code] = (await once(child, 'exit')) as [number | null];
      process.off('SIGTERM', stop);
      return { ...countSpecs(reportIn(file), code ?? 1), output: '' };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/**
 * A machine that exists only to run these checks gets the browser that they need; on a person's computer nothing is
 * installed without being asked, and the specs are skipped by name where there is no browser.
 */
function installChromium(): void {
  const isOurs = process.env.CI === 'true' || process.env.LACUNA_INSTALL_CHROMIUM === '1';
  if (!isOurs || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log('There is no Chromium for the specs of the window: installing it with apt-get …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (args: string[]) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  // The lists of a bare machine are empty or old; where they cannot be renewed, what is there is tried.
  run(['update', '-qq']);
  const { status } = run(['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  if (status !== 0) console.log('It could not be installed; the specs of the window are skipped.');
}

function reportIn(file: string): PlaywrightReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
  } catch {
    // Playwright ended before it could write one, and has said why above.
    return null;
  }
}
