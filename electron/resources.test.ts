import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findResources } from './resources.ts';

let resources: string;
beforeEach(() => {
  resources = mkdtempSync(join(tmpdir(), 'lacuna-resources-'));
});
afterEach(() => rmSync(resources, { recursive: true, force: true }));

it('from the sources, everything lies beside the bundles, and set-up says where TensorFlow is', () => {
  expect(findResources('/lacuna/dist/electron', null)).toEqual({
    renderer: join('/lacuna/dist/renderer'),
    worker: join('/lacuna/dist/electron/worker/worker.js'),
    env: {},
  });
});

it('in an installed application, the window is in the archive and the worker beside it', () => {
  const folder = join(resources, 'app.asar', 'dist', 'electron');
  expect(findResources(folder, resources)).toEqual({
    renderer: join(resources, 'app.asar', 'dist', 'renderer'),
    worker: join(resources, 'app.asar.unpacked', 'dist', 'electron', 'worker', 'worker.js'),
    env: { LACUNA_HDF5_PLUGINS: join(resources, 'app.asar.unpacked', 'node_modules', 'h5wasm-plugins', 'plugins') },
  });
});

it('TensorFlow is taken from the resources when it was packaged', () => {
  mkdirSync(join(resources, 'tensorflow'));
  const { env } = findResources(join(resources, 'app.asar', 'dist', 'electron'), resources);
  expect(env.LACUNA_TENSORFLOW_DIR).toBe(join(resources, 'tensorflow'));
});
