import { describe, expect, it } from 'vitest';
import { ownNodeIsEnough } from './node-runtime.mjs';
import { compareVersions } from './version.mjs';

describe('compareVersions', () => {
  it.each([
    ['24.12.0', '24.9.0', 1],
    ['v20.20.2', '24.12.0', -1],
    ['24.12', '24.12.0', 0],
    ['24.12.0-rc.1', '24.12.0', 0],
    ['26.0.0', '24.21.0', 1],
  ])('%s against %s', (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign);
  });
});

describe('ownNodeIsEnough', () => {
  it('takes the first Node 24 that runs sources quietly, and newer ones', () => {
    expect(ownNodeIsEnough('v24.12.0')).toBe(true);
    expect(ownNodeIsEnough('v26.1.0')).toBe(true);
  });
  it('refuses older ones', () => {
    expect(ownNodeIsEnough('v24.11.9')).toBe(false);
    expect(ownNodeIsEnough('v18.19.0')).toBe(false);
  });
});
