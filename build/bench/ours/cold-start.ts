/** From starting Lacuna to a Start screen whose first button can be clicked; prints the figures. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { DIST, PROJECT } from '../../setup/paths.mjs';
import { isSetUp } from '../../setup/steps.mjs';
import { startBrowser } from '../window/measured-browser.ts';
import { middle } from '../window/middle.ts';

const ROUNDS = 5;
const LIMIT = 2000;

/** `npm start` where set-up has nothing to do, so that looking whether it has counts too. */
const whole = isSetUp();
const command = whole
  ? [join(PROJECT, 'build', 'run.mjs'), 'start', '--browser']
  : [process.env.LACUNA_CLI ?? join(DIST, 'cli.js'), 'open'];
const served: number[] = [];
const usable: number[] = [];
const withBrowser: number[] = [];
// The first round is not counted: it brings the files into the cache, as set-up has just done for a person.
for (let round = 0; round <= ROUNDS; round++) {
  const times = await start();
  if (round === 0) continue;
  served.push(times.served);
  usable.push(times.served + times.page);
  withBrowser.push(times.served + times.browser + times.page);
}
const figures = [
  { name: 'until it is served, median', unit: 'ms', lacuna: middle(served) },
  { name: 'until the Start screen is usable, median', unit: 'ms', lacuna: middle(usable), limit: LIMIT },
  { name: 'until the Start screen is usable, worst', unit: 'ms', lacuna: Math.max(...usable), limit: LIMIT },
  { name: 'the same with starting Chromium, median', unit: 'ms', lacuna: middle(withBrowser), limit: LIMIT },
];
const note = `${ROUNDS} starts, each with an empty home and an empty browser. Started as ${whole ? '`node build/run.mjs start`, what `npm start` runs' : 'the terminal program alone: set-up is not complete here'}.`;
console.log(JSON.stringify({ figures, note }));

/** One start, in milliseconds: until the address is printed, until the browser is there, until the page is usable. */
async function start(): Promise<{ served: number; browser: number; page: number }> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'lacuna-bench-start-')));
  const began = performance.now();
  const child = spawn(process.execPath, command, {
    // Without a display no browser of the person is opened.
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', LACUNA_HOME: home, HOME: home, USERPROFILE: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let browser: Browser | null = null;
  try {
    const address = await addressOf(child);
    const servedAt = performance.now();
    browser = await startBrowser();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const browserAt = performance.now();
    await page.goto(address, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Open a file …' }).click({ trial: true });
    const usableAt = performance.now();
    return { served: servedAt - began, browser: browserAt - servedAt, page: usableAt - browserAt };
  } finally {
    await browser?.close();
    if (child.exitCode === null && child.signalCode === null) {
      const over = once(child, 'exit');
      child.kill('SIGTERM');
      await over;
    }
    rmSync(home, { recursive: true, force: true });
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+(?=\s)/.exec(text);
      if (found) resolve(found[0]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Lacuna ended with ${code} before it was served:\n${text}`)));
  });
}
