import { spawn } from 'node:child_process';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../setup/paths.mjs';
import { STAGED, stageApp } from './stage-app.mjs';

/**
 * Stages the application and runs electron-builder on it.
 *
 * @param {string[]} args for electron-builder
 * @param {object} [options]
 * @param {string} [options.staged] where it is staged; default `dist/app`
 * @param {Record<string, string>} [options.env] variables that differ from this process's own
 * @param {boolean} [options.quiet] shows errors only
 * @returns {Promise<number>} exit code of electron-builder
 */
export async function packageApp(args, { staged = STAGED, env = {}, quiet = false } = {}) {
  await stageApp({ platform: platform(), arch: arch() }, staged);
  const builder = join(PROJECT, 'node_modules', 'electron-builder', 'cli.js');
  const config = join(PROJECT, 'build', 'electron-builder.config.cjs');
  const child = spawn(process.execPath, [builder, 'build', '--config', config, '--publish', 'never', ...args], {
    cwd: PROJECT,
    stdio: quiet ? ['ignore', 'ignore', 2] : 'inherit',
    env: { ...process.env, LACUNA_PACKAGE_APP: staged, ...env },
  });
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
