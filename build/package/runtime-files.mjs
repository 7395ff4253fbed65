import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { PACKAGES_OUTSIDE } from '../setup/electron-bundles.mjs';
import { PROJECT } from '../setup/paths.mjs';

/** What a package needs at run time beyond the scripts that call each other by name, as patterns within the package. */
const DATA_OF_PACKAGES = {
  'better-sqlite3': (/** @type {Target} */ target) => [
    `prebuilds/${target.platform}-${target.arch}.node`,
    ...(target.platform === 'linux' ? [`prebuilds/linuxmusl-${target.arch}.node`] : []),
  ],
  'h5wasm-plugins': () => ['plugins/*.so'],
  'scran.js': () => ['main/wasm/*.wasm'],
  '@tensorflow/tfjs-backend-wasm': () => ['dist/*.wasm'],
};

/**
 * The system that is packaged for.
 *
 * @typedef {{ platform: NodeJS.Platform, arch: string }} Target
 */

/**
 * What the bundles take from packages that lie outside of them, by the names they use: found in the bundles themselves, so
 * that a new import cannot be forgotten.
 *
 * @param {string} folder of the bundles
 * @returns {{ specifier: string, by: 'import' | 'require' }[]}
 */
export function outsideImports(folder) {
  const found = new Map();
  for (const file of globSync('**/*.{js,cjs}', { cwd: folder })) {
    const text = readFileSync(join(folder, file), 'utf8');
    const patterns = /** @type {const} */ ([
      ['import', /\bfrom\s*"([^"]+)"|\bimport\s*\(?\s*"([^"]+)"|import\.meta\.resolve\(\s*"([^"]+)"/g],
      ['require', /\brequire\d*(?:\.resolve)?\(\s*"([^"]+)"|createRequire\d*\([^)]*\)(?:\.resolve)?\(\s*"([^"]+)"/g],
    ]);
    for (const [by, pattern] of patterns) {
      for (const match of text.matchAll(pattern)) {
        const specifier = match.slice(1).find((part) => part !== undefined) ?? '';
        const isOutside = PACKAGES_OUTSIDE.some((name) => specifier === name || specifier.startsWith(`${name}/`));
        if (isOutside) found.set(`${by} ${specifier}`, { specifier, by });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.specifier.localeCompare(b.specifier));
}

/**
 * The files of `node_modules` that an installed application needs: every script that is reached from what the bundles
 * import, what those scripts load by other means, and each package's description and licence.
 *
 * @param {string} bundles folder of the bundles
 * @param {Target} target
 * @returns {Promise<string[]>} relative to `node_modules`, with `/`
 */
export async function runtimeFiles(bundles, target) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    stdin: {
      contents: outsideImports(bundles)
        .map(({ specifier, by }) => (by === 'import' ? `import '${specifier}';` : `require('${specifier}');`))
        .join('\n'),
      resolveDir: PROJECT,
    },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    treeShaking: false,
    external: ['*.node'],
    outdir: 'nowhere',
    logLevel: 'silent',
  });
  const scripts = Object.keys(metafile.inputs).filter((path) => path.startsWith('node_modules/'));
  const files = new Set(scripts.map((path) => path.slice('node_modules/'.length)));
  for (const folder of new Set([...files].map(packageOf))) {
    for (const name of readdirSync(join(PROJECT, 'node_modules', folder))) {
      if (name === 'package.json' || /^(licen[cs]e|copying|notice)/i.test(name)) files.add(`${folder}/${name}`);
    }
    const data = DATA_OF_PACKAGES[/** @type {keyof typeof DATA_OF_PACKAGES} */ (folder)]?.(target) ?? [];
    for (const pattern of data) {
      const matches = globSync(pattern, { cwd: join(PROJECT, 'node_modules', folder) });
      if (matches.length === 0) throw new Error(`${folder} has no ${pattern}: it cannot be packaged for this system.`);
      for (const match of matches) files.add(`${folder}/${match.split(sep).join('/')}`);
    }
  }
  return [...files].sort();
}

/**
 * @param {string} file relative to `node_modules`
 * @returns {string} folder of its package, relative to `node_modules`
 */
export function packageOf(file) {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    const description = join(PROJECT, 'node_modules', folder, 'package.json');
    // A folder within a package may have a package.json without a name, only to say what its scripts are.
    if (existsSync(description) && JSON.parse(readFileSync(description, 'utf8')).name) {
      return relative('.', folder).split(sep).join('/');
    }
  }
  throw new Error(`${file} belongs to no package.`);
}
