/**
 * Opens Lacuna: in Electron where its program is on this machine, else in the browser.
 *
 *     npm start [-- project.lacuna] [-- --browser]
 *
 * Set-up has been done by build/run.mjs, which starts this under the right Node.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, PROJECT } from '../setup/paths.mjs';
import { findElectron } from './find-electron.mjs';

/** The bundled main process of the desktop application. */
const SHELL = join(DIST, 'electron', 'main.js');

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
  return findElectron();
}

/** @param {string} program */
function openInElectron(program) {
  const child = spawn(program, [PROJECT, ...args], { stdio: 'inherit' });
  child.on('error', (error) =>
    openInBrowser(`Electron could not be started (${error.message}), so Lacuna opens in the browser.`),
  );
  child.on('exit', (code) => process.exit(code ?? 1));
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
