import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RUNTIME } from './paths.mjs';

const FILE = join(RUNTIME, 'stamps.json');

/**
 * What each step of set-up was last done with, as `{ step: digest of its inputs }`. A step is done when its digest is
 * still the same and what it made is still there.
 *
 * @param {string} [file]
 * @returns {Record<string, string>}
 */
export function readStamps(file = FILE) {
  try {
    const stamps = JSON.parse(readFileSync(file, 'utf8'));
    return typeof stamps === 'object' && stamps !== null ? stamps : {};
  } catch {
    return {};
  }
}

/**
 * Records that a step is done; written beside and renamed, so that a crash leaves the old record or the new one.
 *
 * @param {string} step
 * @param {string} digest
 * @param {string} [file]
 */
export function writeStamp(step, digest, file = FILE) {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify({ ...readStamps(file), [step]: digest }, null, 2)}\n`);
  renameSync(beside, file);
}

/**
 * @param {...(string | Buffer)} parts
 * @returns {string} SHA-256 over the parts and their borders, in hexadecimal
 */
export function digestOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}
