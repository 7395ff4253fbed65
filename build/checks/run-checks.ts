/**
 * Everything that `npm test` checks: types, lint, format, borders between the parts, dead code, the lock file, the
 * tests and the window in a browser. `npm test -- types tests` runs only those that are named. Ends with the line
 * `N passed, N failed, N skipped`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../setup/paths.mjs';
import type { Check, CheckResult } from './check.ts';
import { lockFileCheck } from './lock-file-check.ts';
import { toolCheck } from './tool-check.ts';
import { unitTestsCheck } from './unit-tests-check.ts';
import { windowCheck } from './window-check.ts';

/** Where sources may lie; those of a part that is not there yet are left out. */
const FOLDERS = ['main', 'build', 'native-deps', 'renderer', 'electron', 'e2e'].filter((folder) =>
  existsSync(join(PROJECT, folder)),
);

const CHECKS: Check[] = [
  lockFileCheck,
  toolCheck('types', 'tsc', 'typescript/bin/tsc', ['-p', '.', '--noEmit']),
  toolCheck('window types', 'svelte-check', 'svelte-check/bin/svelte-check', [
    ...['--tsconfig', 'renderer/tsconfig.json', '--threshold', 'error'],
  ]),
  toolCheck('lint', 'eslint', 'eslint/bin/eslint.js', ['.']),
  toolCheck('format', 'prettier', 'prettier/bin/prettier.cjs', ['--check', '.']),
  toolCheck('borders', 'dependency-cruiser', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
    ...['--config', '.dependency-cruiser.cjs', ...FOLDERS],
  ]),
  toolCheck('dead code', 'knip', 'knip/bin/knip.js', ['--no-progress', '--no-config-hints']),
  unitTestsCheck,
  windowCheck,
];

/** How many of the quiet checks run at a time; each is busy on one core. */
const AT_A_TIME = 2;

process.exitCode = await main(process.argv.slice(2));

async function main(names: string[]): Promise<number> {
  const known = CHECKS.map((check) => check.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no check named '${unknown.join("', '")}'; expected one of: '${known.join("', '")}'.`);
    return 2;
  }
  const chosen = CHECKS.filter((check) => names.length === 0 || names.includes(check.name));
  const results: CheckResult[] = [];
  const queue = chosen.filter((check) => !check.live);
  const lanes = Array.from({ length: AT_A_TIME }, async () => {
    for (let check = queue.shift(); check; check = queue.shift()) results.push(await runOne(check));
  });
  await Promise.all(lanes);
  for (const check of chosen.filter((candidate) => candidate.live)) results.push(await runOne(check));

  const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed') === 0 ? 0 : 1;
}

async function runOne(check: Check): Promise<CheckResult> {
  const began = performance.now();
  const result = await check.run().catch((error: unknown) => ({
    passed: 0,
    failed: 1,
    skipped: 0,
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${result.failed === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${check.about}), ${seconds} s`);
  if (result.failed > 0 && result.output) console.log(result.output.trimEnd().replace(/^/gm, '       '));
  return result;
}
