import { describe, expect, it } from 'vitest';
import { membersOfWheel } from './layout.mjs';

describe('membersOfWheel', () => {
  it.each(['linux', 'darwin', 'win32'] as const)('names the library that holds the C API on %s', (platform) => {
    const { headers, libraries } = membersOfWheel(platform);
    expect(libraries.some((name) => /tensorflow_(cc|common)/.test(name))).toBe(true);
    expect(headers).toContain('tensorflow/include/tensorflow/c/');
  });
});
