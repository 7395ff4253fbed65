import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licencesOf } from './licences.mjs';
import { PROJECT } from './paths.mjs';

/**
 * Packages that stay files of their own, because they carry native code, WebAssembly or programs of other threads, which
 * are looked for beside the package's own scripts. Everything else goes into the bundles.
 */
export const PACKAGES_OUTSIDE = [
  'better-sqlite3',
  'h5wasm',
  'h5wasm-plugins',
  'scran.js',
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-node',
];

/** Written beside the bundles: the licences of the packages in them. */
const LICENCES = 'licences.txt';

/**
 * Bundles the desktop shell: the main process and the compute worker as ES modules, the preload script as CommonJS in one
 * file, because a sandboxed preload script can load nothing. The worker is bundled apart from the main process: in an
 * installed application it lies outside the archive, and shares no file with what lies inside.
 *
 * @param {typeof import('esbuild').build} build
 * @param {string} folder made where it is missing
 */
export async function bundleElectron(build, folder) {
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    absWorkingDir: PROJECT,
    bundle: true,
    platform: 'node',
    target: 'node24',
    external: ['electron', ...PACKAGES_OUTSIDE.flatMap((name) => [name, `${name}/*`])],
    sourcemap: 'linked',
    // The page's stack traces are read by people with the sources at hand; the archive need not carry them twice.
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
  };
  /** @type {import('esbuild').BuildOptions} */
  const module = { ...common, format: 'esm', splitting: true, chunkNames: '[name]-[hash]' };
  const results = await Promise.all([
    build({ ...module, entryPoints: { main: 'electron/main.ts' }, outdir: folder }),
    build({ ...module, entryPoints: { worker: 'main/jobs/worker/worker-main.ts' }, outdir: join(folder, 'worker') }),
    build({ ...common, format: 'cjs', entryPoints: ['electron/preload.ts'], outfile: join(folder, 'preload.cjs') }),
  ]);
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, LICENCES), `${licencesOf(inputs)}\n`);
}
