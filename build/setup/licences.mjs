import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT } from './paths.mjs';

/**
 * The licences of the packages that went into a bundle, as one text: most of them ask to be passed on with the code.
 *
 * @param {string[]} inputs files of the bundle, relative to the project
 * @returns {string}
 */
export function licencesOf(inputs) {
  const folders = new Set(inputs.filter((file) => file.startsWith('node_modules/')).map(packageFolder));
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(PROJECT, folder, 'package.json'), 'utf8'));
      const texts = readdirSync(join(PROJECT, folder), { withFileTypes: true })
        .filter((file) => file.isFile() && /^(licen[cs]e|notice)/i.test(file.name))
        .map((file) => readFileSync(join(PROJECT, folder, file.name), 'utf8').trim());
      return [`${name} ${version} (${license ?? 'see below'})`, ...texts].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} file */
function packageFolder(file) {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    const description = join(PROJECT, folder, 'package.json');
    if (existsSync(description) && JSON.parse(readFileSync(description, 'utf8')).version) return folder;
  }
  throw new Error(`${file} belongs to no package.`);
}
