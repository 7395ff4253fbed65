import { describe, expect, it } from 'vitest';
import { faultsOfLockFile } from './lock-file-check.ts';

describe('faultsOfLockFile', () => {
  it('is content with checksums alone', () => {
    const packages = { '': { version: '1.0.0' }, 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } };
    expect(faultsOfLockFile(JSON.stringify({ packages }))).toEqual([]);
  });
  it('names each package that has an address or lacks a checksum', () => {
    const packages = {
      'node_modules/a': { integrity: 'sha512-a', resolved: 'https://registry.example/a.tgz' },
      'node_modules/b': { version: '1.0.0' },
      'node_modules/a/node_modules/inside': { inBundle: true },
    };
    expect(faultsOfLockFile(JSON.stringify({ packages }))).toEqual([
      'node_modules/a names the address it came from (https://registry.example/a.tgz).',
      'node_modules/b has no checksum.',
    ]);
  });
});
