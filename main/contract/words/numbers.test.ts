import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatPercent } from './numbers.ts';

describe('numbers in words', () => {
  it.each([
    [999, '999 bytes'],
    [4_200_000, '4.20 MB'],
    [12_700_000_000, '12.7 GB'],
  ])('%d bytes are %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));

  it('groups thousands and gives shares in percent', () => {
    expect(formatCount(13714)).toBe('13,714');
    expect(formatPercent(0.0619)).toBe('6.19 %');
  });
});
