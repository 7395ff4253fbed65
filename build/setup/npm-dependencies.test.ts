import { describe, expect, it } from 'vitest';
import { isInstalled } from './npm-dependencies.mjs';

const wanted = {
  '': { version: '1.0.0' },
  'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
  'node_modules/@esbuild/win32-x64': { version: '0.28.2', integrity: 'sha512-b', optional: true },
};

describe('isInstalled', () => {
  it('is content without the optional packages of other systems', () => {
    expect(isInstalled(wanted, { 'node_modules/zod': wanted['node_modules/zod'] })).toBe(true);
  });
  it('sees a missing package', () => {
    expect(isInstalled(wanted, {})).toBe(false);
  });
  it('sees another version and another content', () => {
    expect(isInstalled(wanted, { 'node_modules/zod': { version: '4.6.6', integrity: 'sha512-a' } })).toBe(false);
    expect(isInstalled(wanted, { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-x' } })).toBe(false);
  });
});
