import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../setup/paths.mjs';
import type { Check } from './check.ts';
import { countTests } from './count-tests.ts';

/** The tests beside the sources; takes minutes, so vitest reports while it runs. */
export const unitTestsCheck: Check = {
  name: 'tests',
  about: 'vitest',
  live: true,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'lacuna-tests-'));
    try {
      const file = join(folder, 'report.json');
      const vitest = join(PROJECT, 'node_modules', 'vitest', 'vitest.mjs');
      const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      const child = spawn(process.execPath, [vitest, ...args], {
        cwd: PROJECT,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      const stop = () => child.kill('SIGTERM');
      process.once('SIGTERM', stop);
      const [code] = (await once(child, 'exit')) as [number | null];
      process.off('SIGTERM', stop);
      return { ...countTests(reportIn(file), code ?? 1), output: '' };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function reportIn(file: string): Parameters<typeof countTests>[0] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof countTests>[0];
  } catch {
    // Vitest crashed before it could write one, and has said so above.
    return null;
  }
}
