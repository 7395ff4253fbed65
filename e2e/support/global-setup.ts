import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../build/setup/run-command.mjs';

/** Makes the test data once, in a folder that `global-teardown.ts` removes. */
export default async function globalSetup(): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lacuna-e2e-')));
  process.env.LACUNA_E2E_DATA = folder;
  const program = join(import.meta.dirname, 'make-test-data.ts');
  const { code, output } = await runCommand(process.execPath, [program, folder]);
  if (code !== 0) throw new Error(`The test data could not be made:\n${output}`);
}
