import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What the peers need, pinned so that a ratio means the same tomorrow. */
const packages = ['numpy', 'scipy', 'scikit-learn', 'torch', 'umap-learn', 'scanpy', 'h5py'];

/**
 * A Python environment of the benchmarks' own, made on first use. `path` is null with the reason in `failure` where
 * Python or its packages cannot be had.
 */
export function peerPython(
  folder: string,
  say: (line: string) => void,
): { path: string | null; failure: string | null } {
  const path = process.env.LACUNA_BENCH_PYTHON ?? `${folder}/bin/python`;
  if (works(path)) return { path, failure: null };
  if (process.env.LACUNA_BENCH_PYTHON !== undefined)
    return { path: null, failure: `${path} lacks one of ${packages.join(', ')}` };
  say(`Making a Python environment for the peers (${packages.join(', ')}); this takes minutes, once.`);
  if (!existsSync(path)) {
    const made = spawnSync('python3', ['-m', 'venv', folder], { encoding: 'utf8' });
    if (made.status !== 0)
      return { path: null, failure: `no Python environment could be made: ${lastLine(made.stderr)}` };
  }
  const installed = spawnSync(path, ['-m', 'pip', 'install', '--quiet', ...packages], { encoding: 'utf8' });
  if (installed.status !== 0)
    return { path: null, failure: `the packages could not be installed: ${lastLine(installed.stderr)}` };
  return works(path) ? { path, failure: null } : { path: null, failure: 'the installed packages do not load' };
}

function works(path: string): boolean {
  if (!existsSync(path)) return false;
  return (
    spawnSync(path, ['-c', 'import numpy, scipy, sklearn, torch, umap, scanpy, h5py'], { encoding: 'utf8' }).status ===
    0
  );
}

function lastLine(text: string | null): string {
  return (text ?? 'python3 was not found').trim().split('\n').at(-1) ?? '';
}
