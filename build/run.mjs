/**
 * Starts one of Lacuna's programs under the right Node, after whatever set-up is missing:
 *
 *     node build/run.mjs start|cli|demo|test|bench|package [arguments…]
 *
 * Runs on Node 18 or newer, without any package. What set-up says goes to standard error, so that standard output is
 * the program's alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pinnedNode } from './setup/node-runtime.mjs';
import { DIST, PROJECT, RUNTIME, TENSORFLOW_FOLDER } from './setup/paths.mjs';
import { isSetUp } from './setup/steps.mjs';

/**
 * What each name starts.
 *
 * @type {Record<string, string[]>}
 */
const PROGRAMS = {
  start: [join(PROJECT, 'build', 'start', 'start.mjs')],
  cli: [join(DIST, 'cli.js')],
  demo: [join(DIST, 'cli.js'), 'demo'],
  test: [join(PROJECT, 'build', 'checks', 'run-checks.ts')],
  bench: [join(PROJECT, 'build', 'bench', 'bench.ts')],
  package: [join(PROJECT, 'build', 'package', 'package.mjs')],
};

const [name = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(PROGRAMS, name)) {
  console.error(`Usage: node build/run.mjs ${Object.keys(PROGRAMS).join('|')} [arguments…]`);
  process.exit(2);
}

if (!isSetUp()) {
  const setup = join(PROJECT, 'build', 'setup', 'setup.mjs');
  const { status } = spawnSync(process.execPath, [setup, '--quiet'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

const node = pinnedNode();
const child = spawn(node, [...PROGRAMS[name], ...args], {
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    ...(process.env.LACUNA_RUNTIME_DIR && { LACUNA_RUNTIME_DIR: RUNTIME, LACUNA_TENSORFLOW_DIR: TENSORFLOW_FOLDER }),
  },
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // A terminal sends Ctrl-C to the program as well: passing it on would be a second one.
  process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? true : child.kill(signal)));
}
child.on('error', (error) => {
  console.error(`${node} could not be started: ${error.message}\nWhat to do: npm run setup`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
