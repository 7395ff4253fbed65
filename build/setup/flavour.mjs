import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TENSORFLOW_FOLDER } from './paths.mjs';

/**
 * Which TensorFlow set-up has left behind, kept as `flavour.json` beside it.
 *
 * @typedef {object} FlavourRecord
 * @property {'cpu' | 'cuda' | 'none'} flavour `none`: there is no native TensorFlow and WebAssembly computes
 * @property {string} recipe digest of what it was made from; a new recipe is made anew
 * @property {string} [reason] with `none`: why, in plain words
 * @property {string} [tensorflow] version of TensorFlow
 * @property {string[]} [wheels] the wheels it came from
 * @property {string} [compiler] what compiled the binding
 * @property {string} made when, ISO 8601
 * @property {number} seconds how long it took
 * @property {number} megabytes what it takes on the disk
 */

export const BINDING = 'tfjs_binding.node';

/**
 * @param {string} [folder]
 * @returns {FlavourRecord | null}
 */
export function readFlavour(folder = TENSORFLOW_FOLDER) {
  try {
    return JSON.parse(readFileSync(join(folder, 'flavour.json'), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * @param {FlavourRecord} record
 * @param {string} [folder]
 */
export function writeFlavour(record, folder = TENSORFLOW_FOLDER) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'flavour.json'), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Whether what is installed is what is wanted.
 *
 * @param {FlavourRecord | null} record
 * @param {{ flavour: 'cpu' | 'cuda' | 'any', recipeOf: (flavour: 'cpu' | 'cuda') => string, retry: boolean }} wanted `any`
 *   leaves a CUDA build in place; `retry` tries again what has failed before
 * @param {string} [folder]
 */
export function isCurrent(record, wanted, folder = TENSORFLOW_FOLDER) {
  if (!record) return false;
  if (record.flavour === 'none') return !wanted.retry && record.recipe === wanted.recipeOf('cpu');
  if (wanted.flavour !== 'any' && record.flavour !== wanted.flavour) return false;
  return record.recipe === wanted.recipeOf(record.flavour) && existsSync(join(folder, BINDING));
}
