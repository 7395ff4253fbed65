import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../setup/paths.mjs';
import type { Check } from './check.ts';

/**
 * What keeps `package-lock.json` from working elsewhere: addresses of one registry (`resolved`), which a machine behind
 * a mirror cannot reach, and packages without a checksum.
 *
 * @param text the file
 * @returns a sentence each
 */
export function faultsOfLockFile(text: string): string[] {
  const { packages } = JSON.parse(text) as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean; inBundle?: boolean }>;
  };
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (path === '') return [];
    const faults: string[] = [];
    if (entry.resolved !== undefined) faults.push(`${path} names the address it came from (${entry.resolved}).`);
    if (entry.integrity === undefined && !entry.link && !entry.inBundle) faults.push(`${path} has no checksum.`);
    return faults;
  });
}

/** Checks the project's own lock file. */
export const lockFileCheck: Check = {
  name: 'lock file',
  about: 'package-lock.json names no registry',
  run: async () => {
    const faults = faultsOfLockFile(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'));
    const advice = 'Run npm install in this folder: its .npmrc leaves the addresses out.';
    return faults.length === 0
      ? { passed: 1, failed: 0, skipped: 0, output: '' }
      : { passed: 0, failed: 1, skipped: 0, output: [...faults, advice].join('\n') };
  },
};
