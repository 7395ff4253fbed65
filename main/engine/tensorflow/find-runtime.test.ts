import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTensorflowRuntime, whyNoTensorflow } from './find-runtime.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('findTensorflowRuntime', () => {
  it('tells the CUDA build by the libraries beside it', () => {
    const env = { LACUNA_TENSORFLOW_DIR: folder };
    expect(findTensorflowRuntime(env)).toBeNull();
    writeFileSync(join(folder, 'tfjs_binding.node'), '');
    expect(findTensorflowRuntime(env)?.flavour).toBe('cpu');
    mkdirSync(join(folder, 'nvidia'));
    expect(findTensorflowRuntime(env)?.flavour).toBe('cuda');
  });
});

describe('whyNoTensorflow', () => {
  it('repeats what set-up wrote down', () => {
    const env = { LACUNA_TENSORFLOW_DIR: folder };
    expect(whyNoTensorflow(env)).toContain('npm run setup');
    writeFileSync(join(folder, 'flavour.json'), JSON.stringify({ flavour: 'none', reason: 'There is no compiler' }));
    expect(whyNoTensorflow(env)).toBe('The native TensorFlow could not be installed. There is no compiler.');
  });
});
