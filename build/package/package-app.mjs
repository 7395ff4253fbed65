import { spawn } from 'node:child_process';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../setup/paths.mjs';
import { stageApp } from './stage-app.mjs';

/**
 * Stages the application and runs electron-builder on it.
 *
 * @param {string[]} args for electron-builder
 * @param {{ env?: Record<string, string>, quiet?: boolean }} [options] `env`: variables that differ from this process's own
 * @returns {Promise<number>} its exit code
 */
export async function packageApp(args, { env = {}, quiet = false } = {}) {
  await stageApp({ platform: platform(), arch: arch() });
  const builder = join(PROJECT, 'node_modules', 'electron-builder', 'cli.js');
  const config = join(PROJECT, 'build', 'electron-builder.config.cjs');
  const child = spawn(process.execPath, [builder, 'build', '--config', config, '--publish', 'never', ...args], {
    cwd: PROJECT,
    stdio: quiet ? ['ignore', 'ignore', 2] : 'inherit',
    env: { ...process.env, ...env },
  });
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
