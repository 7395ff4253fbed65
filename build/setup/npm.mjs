import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runCommand } from './run-command.mjs';

/**
 * Runs npm to its end, never asking anything.
 *
 * @param {string[]} args
 * @param {{ cwd: string }} options
 */
export function npm(args, { cwd }) {
  const [command, ...before] = npmProgram();
  return runCommand(
    command,
    [...before, ...args, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'],
    {
      cwd,
      env: { ...process.env, npm_config_yes: 'true', npm_config_progress: 'false' },
    },
  );
}

/**
 * npm is a JavaScript program; started through its file it runs under the Node that runs us, and needs no `npm.cmd`
 * on Windows, which Node refuses to start without a shell.
 */
function npmProgram() {
  const cli = process.env.npm_execpath;
  if (cli && basename(cli) === 'npm-cli.js' && existsSync(cli)) return [process.execPath, cli];
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return existsSync(beside) ? [process.execPath, beside] : ['npm'];
}
