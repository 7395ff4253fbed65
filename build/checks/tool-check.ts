import { join } from 'node:path';
import { PROJECT } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import type { Check } from './check.ts';

/**
 * A check that is a program out of `node_modules`: it passes when the program exits with 0.
 *
 * @param program path of the program's JavaScript below `node_modules`
 */
export function toolCheck(name: string, about: string, program: string, args: readonly string[]): Check {
  return {
    name,
    about,
    async run() {
      const command = [join(PROJECT, 'node_modules', program), ...args];
      const { code, output } = await runCommand(process.execPath, command, { cwd: PROJECT });
      return code === 0
        ? { passed: 1, failed: 0, skipped: 0, output }
        : { passed: 0, failed: 1, skipped: 0, output: output || `${name} ended with exit code ${code}.` };
    },
  };
}
