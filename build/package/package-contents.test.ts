import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage, statFile } from '@electron/asar';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LacunaCore } from '../../main/core/lacuna-core.ts';
import type { ExportSource } from '../../main/export/export-source.ts';
import { writeTenxH5 } from '../../main/export/tenx-h5/write-tenx-h5.ts';
import { madeDataset } from '../../main/jobs/fixtures/made-dataset.ts';
import type { ImportResult, TrainResult } from '../../main/jobs/job-results.ts';
import { childProcessLauncher } from '../../main/jobs/worker/child-process-launcher.ts';
import { DIST, PROJECT, TENSORFLOW_FOLDER } from '../setup/paths.mjs';
import { packageApp } from './package-app.mjs';
import { outsideImports } from './runtime-files.mjs';

/**
 * Packages the built application around a stand-in for Electron's folder (its program cannot be had everywhere), opens
 * what came out, and looks whether everything is in it that the bundles need, and nothing that only developers do.
 */
const isBuilt = existsSync(join(DIST, 'electron', 'main.js')) && existsSync(join(DIST, 'renderer', 'index.html'));
const onLinux = process.platform === 'linux';
const why = !isBuilt
  ? ' [skipped: the application is not built, run npm run setup]'
  : !onLinux
    ? ' [skipped: needs Linux]'
    : '';

describe.skipIf(why !== '')(`the package${why}`, () => {
  let work: string;
  let resources: string;
  let archive: string;
  /** The archive as plain files, its unpacked ones among them, away from any other `node_modules`. */
  let extracted: string;
  let files: string[];
  let h5: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'lacuna-package-'));
    const code = await packageApp(['--linux', 'dir'], {
      staged: join(work, 'app'),
      quiet: true,
      env: {
        LACUNA_ELECTRON_DIST: standInForElectron(join(work, 'electron')),
        LACUNA_PACKAGE_DIR: join(work, 'out'),
        LACUNA_PACKAGE_FUSES: '0',
      },
    });
    expect(code).toBe(0);
    resources = join(work, 'out', 'linux-unpacked', 'resources');
    archive = join(resources, 'app.asar');
    files = listPackage(archive, { isPack: false })
      .map((path) => path.slice(1))
      .filter((path) => !('files' in statFile(archive, path)));
    extracted = join(work, 'extracted');
    extractAll(archive, extracted);
    h5 = join(work, 'counts.h5');
    const made = madeDataset();
    const asFile: ExportSource = {
      ...made,
      obs: { names: made.obs.names, columns: [] },
      matrices: made.matrices.map((matrix) => ({ ...matrix, storage: 'sparse' })),
    };
    await writeTenxH5(h5, asFile);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('has the program, the window and the licence', () => {
    const { main } = JSON.parse(readFileSync(join(extracted, 'package.json'), 'utf8')) as { main: string };
    expect(files).toEqual(
      expect.arrayContaining([
        main,
        'dist/electron/preload.cjs',
        'dist/renderer/index.html',
        'LICENSE',
        'dist/electron/licences.txt',
        'dist/renderer/licences.md',
      ]),
    );
    for (const [, asset] of readFileSync(join(extracted, 'dist/renderer/index.html'), 'utf8').matchAll(
      /(?:src|href)="\/([^"]+)"/g,
    )) {
      expect(files).toContain(`dist/renderer/${asset}`);
    }
  });

  it('has every module that the bundles import, where they look for it', () => {
    const bundles = join(extracted, 'dist', 'electron');
    const imports = outsideImports(bundles);
    expect(imports.map(({ specifier }) => specifier)).toEqual(
      expect.arrayContaining(['better-sqlite3', 'h5wasm/node', 'scran.js', '@tensorflow/tfjs-core']),
    );
    for (const { specifier, by } of imports) {
      for (const from of ['main.js', 'worker/worker.js']) {
        const found = resolveFrom(join(bundles, from), specifier, by);
        expect(found.startsWith(extracted), `${specifier} from ${from}: ${found}`).toBe(true);
      }
    }
  });

  it('has every module that those modules need in turn', async () => {
    const imports = outsideImports(join(extracted, 'dist', 'electron'));
    const { errors } = await build({
      absWorkingDir: extracted,
      stdin: {
        contents: imports
          .map(({ specifier, by }) => (by === 'import' ? `import '${specifier}'` : `require('${specifier}')`))
          .join('\n'),
        resolveDir: extracted,
      },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
      external: ['*.node'],
      outdir: 'nowhere',
      logLevel: 'silent',
    });
    expect(errors).toEqual([]);
  });

  it('keeps native code, WebAssembly and programs of other processes outside the archive', () => {
    const outside = files.filter(
      (path) => statFile(archive, path) && (statFile(archive, path) as { unpacked?: true }).unpacked,
    );
    for (const path of outside) expect(existsSync(join(resources, 'app.asar.unpacked', path)), path).toBe(true);
    for (const path of files.filter((file) => /\.(node|wasm|so|dll|dylib)$|^node_modules\/|\/worker\//.test(file))) {
      expect(outside).toContain(path);
    }
    expect(outside).toEqual(
      expect.arrayContaining([
        `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
        'node_modules/h5wasm-plugins/plugins/libH5Zlzf.so',
        'node_modules/scran.js/main/wasm/scran.wasm',
        'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
        'dist/electron/worker/worker.js',
        'package.json',
      ]),
    );
    expect(files.filter((path) => path.startsWith('dist/electron/')).length).toBeGreaterThan(3);
  });

  it('holds no file that only developers need', () => {
    const forDevelopers = files.filter((path) =>
      /\.(test|spec|golden)\.|\.(ts|svelte|map|tsbuildinfo)$|(^|\/)(tests?|fixtures|testing|e2e|docs?|examples?)\/|\.env|tsconfig|(^|\/)meta\.json$/.test(
        path,
      ),
    );
    expect(forDevelopers).toEqual([]);
    const packages = new Set(files.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
    for (const name of [
      'electron',
      'electron-builder',
      'typescript',
      'vitest',
      'vite',
      'esbuild',
      'svelte',
      'eslint',
      'playwright-core',
    ]) {
      expect(packages).not.toContain(name);
    }
    expect([...packages].length).toBeLessThan(40);
    const { dependencies, devDependencies, scripts } = JSON.parse(
      readFileSync(join(extracted, 'package.json'), 'utf8'),
    ) as Record<string, unknown>;
    expect([dependencies, devDependencies, scripts]).toEqual([undefined, undefined, undefined]);
  });

  it.skipIf(!existsSync(TENSORFLOW_FOLDER))('has TensorFlow beside it, without its headers', () => {
    const binding = join(resources, 'tensorflow', 'tfjs_binding.node');
    expect(statSync(binding).size).toBe(statSync(join(TENSORFLOW_FOLDER, 'tfjs_binding.node')).size);
    expect(existsSync(join(resources, 'tensorflow', 'tensorflow', 'include'))).toBe(false);
  });

  it('starts its main process, which serves the window, reads a file and makes a project', () => {
    const standIn = join(work, 'electron.ts');
    cpSync(join(PROJECT, 'electron', 'testing', 'fake-electron.ts'), standIn);
    const starter = join(work, 'start-packaged.mjs');
    cpSync(join(PROJECT, 'build', 'package', 'start-packaged.mjs'), starter);
    const { status, stdout, stderr } = spawnSync(process.execPath, [starter, extracted, standIn, h5], {
      cwd: work,
      encoding: 'utf8',
      timeout: 50_000,
      env: { ...process.env, LACUNA_HOME: join(work, 'home'), LACUNA_RENDERER_DIR: '' },
    });
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      html: expect.stringContaining('<div id="app">'),
      script: 200,
      info: { node: process.versions.node },
      found: { format: '10x-h5', nObs: 150, nVar: 40 },
      project: { title: 'made' },
    });
  });

  it('imports, trains and pictures with its own worker', async () => {
    const core = new LacunaCore({
      launcher: childProcessLauncher({
        program: join(resources, 'app.asar.unpacked', 'dist', 'electron', 'worker', 'worker.js'),
        env: existsSync(TENSORFLOW_FOLDER) ? { LACUNA_TENSORFLOW_DIR: join(resources, 'tensorflow') } : {},
      }),
    });
    try {
      const project = core.createProject(join(work, 'packaged.lacuna'), 'Packaged');
      const imported = await core.waitFor(core.importInto(project, { paths: [h5], name: 'made' }).id);
      const [dataset] = (imported.result as ImportResult).datasets;
      const { run, job } = core.startRun(project, {
        datasetId: dataset.id,
        method: 'ae',
        set: { epochs: 2 },
      });
      const trained = (await core.waitFor(job.id)).result as TrainResult;
      expect(trained).toBeTruthy();
      await core.waitFor(core.embed(project, { runId: run.id, method: 'umap' }).id);
      expect(project.runs.get(run.id).state).toBe('done');
    } finally {
      await core.close();
    }
  });
});

/** A folder with what electron-builder looks for in an unpacked Electron. */
function standInForElectron(folder: string): string {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string };
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak']) {
    writeFileSync(join(folder, name), '');
  }
  return folder;
}

/** Where Node finds a module from a file, by the kind of import that it is. */
function resolveFrom(file: string, specifier: string, by: 'import' | 'require'): string {
  if (by === 'require') return createRequire(file).resolve(specifier);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `process.stdout.write(import.meta.resolve(${JSON.stringify(specifier)}).slice(7))`],
    { cwd: join(file, '..'), encoding: 'utf8' },
  );
  return stdout || stderr;
}
