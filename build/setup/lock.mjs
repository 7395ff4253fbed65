import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RUNTIME } from './paths.mjs';

const FILE = join(RUNTIME, 'set-up.lock');

/**
 * Keeps two set-ups from working in the same folders; the second waits for the first.
 *
 * @param {() => void} onWait called once when there is something to wait for
 * @returns {Promise<() => void>} gives the lock back
 */
export async function takeLock(onWait) {
  mkdirSync(RUNTIME, { recursive: true });
  for (let told = false; ;) {
    try {
      writeFileSync(FILE, String(process.pid), { flag: 'wx' });
      return () => rmSync(FILE, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (!ownerLives()) {
      rmSync(FILE, { force: true });
      continue;
    }
    if (!told) onWait();
    told = true;
    await sleep(500);
  }
}

/** False when the set-up that holds the lock was killed. */
function ownerLives() {
  try {
    const owner = Number(readFileSync(FILE, 'utf8'));
    // The file is empty for the instant between its creation and its writing.
    if (owner === 0) return true;
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
