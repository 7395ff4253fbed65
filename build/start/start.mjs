/**
 * Opens Lacuna: in Electron where its program is on this machine, else in the browser.
 *
 *     npm start [-- project.lacuna] [-- --browser]
 *     LACUNA_FETCH_ELECTRON=1 npm start    fetches Electron's program when it is missing
 *
 * Set-up has been done by build/run.mjs, which starts this under the right Node.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, PROJECT } from '../setup/paths.mjs';
import { fetchElectron } from './fetch-electron.mjs';
import { findElectron } from './find-electron.mjs';

/** The bundled main process of the desktop application. */
const SHELL = join(DIST, 'electron', 'main.js');

/** Electron that ends with a failure within this time has not opened a window, ms. */
const AT_ONCE = 5_000;

const args = process.argv.slice(2).filter((arg) => arg !== '--browser');
const choice = chooseHost();
if ('program' in choice) openInElectron(choice.program);
else await openInBrowser(choice.why);

/** @returns {{ program: string } | { why: string }} */
function chooseHost() {
  if (process.argv.includes('--browser')) return { why: 'The browser was asked for (--browser).' };
  if (!existsSync(SHELL)) return { why: 'The desktop shell is not built here, so Lacuna opens in the browser.' };
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { why: 'There is no display here, so Lacuna is served to a browser instead of opening in Electron.' };
  }
  const found = findElectron();
  if ('program' in found || process.env.LACUNA_FETCH_ELECTRON !== '1') return found;
  console.error("Fetching Electron's program, because LACUNA_FETCH_ELECTRON asks for it …");
  return fetchElectron() ? findElectron() : found;
}

/** @param {string} program */
function openInElectron(program) {
  const began = performance.now();
  const child = spawn(program, [PROJECT, ...args], { stdio: 'inherit' });
  child.on('error', (error) =>
    openInBrowser(`Electron could not be started (${error.message}), so Lacuna opens in the browser.`),
  );
  child.on('exit', (code, signal) => {
    // Some systems do not let Chromium make its sandbox, or lack a library: it says so above, and ends at once.
    const failedAtOnce = code !== 0 && performance.now() - began < AT_ONCE;
    if (!failedAtOnce) process.exit(code ?? 1);
    void openInBrowser(`Electron ended at once (${signal ?? `exit code ${code}`}), so Lacuna opens in the browser.`);
  });
}

/**
 * In this very process: starting another Node would only take time.
 *
 * @param {string} why it is not Electron
 */
async function openInBrowser(why) {
  console.error(why);
  const program = join(DIST, 'cli.js');
  process.argv = [process.execPath, program, 'open', '--browse', ...args];
  await import(program);
}
