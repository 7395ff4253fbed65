import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PLACE = join(ROOT, '.runtime', 'python-anndata');
const READY = join(PLACE, 'ready');
/** Current anndata; older interpreters get the newest that still runs on them. */
const REQUIREMENT = 'anndata>=0.10';

/**
 * A Python with the real anndata package in its own environment, made on first use (about 100 MB to fetch, 390 MB on
 * disk, half a minute) and kept. Where python3 or the package index cannot be reached: the reason why not.
 */
export async function anndataPython(): Promise<{ python: string } | { reason: string }> {
  const python = join(PLACE, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(READY)) return { python };
  const base = process.platform === 'win32' ? 'python' : 'python3';
  try {
    await run(base, ['-c', 'import sys; assert sys.version_info >= (3, 9)'], { timeout: 30_000 });
  } catch {
    return { reason: 'there is no python3 (3.9 or newer) on this machine' };
  }
  try {
    await rm(PLACE, { recursive: true, force: true });
    await run(base, ['-m', 'venv', PLACE], { timeout: 120_000 });
    await run(
      python,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', REQUIREMENT],
      {
        timeout: 300_000,
      },
    );
    await run(python, ['-c', 'import anndata'], { timeout: 120_000 });
    await writeFile(READY, '');
    return { python };
  } catch (error) {
    await rm(PLACE, { recursive: true, force: true });
    const text = (error as { stderr?: string }).stderr || String(error);
    return { reason: `anndata could not be installed: ${text.trim().split('\n').at(-1)}` };
  }
}
