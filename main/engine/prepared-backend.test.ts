import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { preparedBackend } from './prepared-backend.ts';

describe('preparedBackend', () => {
  it('finds an installed runtime', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lacuna-backend-'));
    writeFileSync(join(folder, 'tfjs_binding.node'), '');
    expect(preparedBackend({ LACUNA_TENSORFLOW_DIR: folder })).toMatchObject({ kind: 'tensorflow', flavour: 'cpu' });
  });

  it('says that the slow backend computes where there is none', () => {
    const backend = preparedBackend({ LACUNA_TENSORFLOW_DIR: join(tmpdir(), 'lacuna-no-such-folder') });
    expect(backend.kind).toBe('wasm');
    expect(backend.why).toContain('not installed');
  });

  it('obeys LACUNA_BACKEND', () => {
    expect(preparedBackend({ LACUNA_BACKEND: 'wasm' }).kind).toBe('wasm');
  });
});
