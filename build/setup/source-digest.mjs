import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './paths.mjs';
import { digestOf } from './stamps.mjs';

/**
 * What a bundle is made of, in short: path, size and time of change of each source, and the versions of the packages.
 * Takes a few milliseconds.
 *
 * @param {string[]} places folders and files, relative to the project
 * @param {RegExp} endings of the files that count
 * @param {string} [recipe] whatever else the result depends on
 * @returns {string}
 */
export function sourceDigest(places, endings, recipe = '') {
  const parts = [readFileSync(join(PROJECT, 'package.json'), 'utf8'), recipe];
  for (const place of places) addFiles(join(PROJECT, place), endings, parts);
  return digestOf(...parts);
}

/**
 * @param {string} path
 * @param {RegExp} endings
 * @param {string[]} parts
 */
function addFiles(path, endings, parts) {
  if (!existsSync(path)) return;
  const info = statSync(path);
  if (info.isDirectory()) {
    for (const name of readdirSync(path).sort()) addFiles(join(path, name), endings, parts);
  } else if (endings.test(path) && !/\.(test|golden)\.\w+$/.test(path)) {
    parts.push(`${path} ${info.size} ${info.mtimeMs}`);
  }
}
