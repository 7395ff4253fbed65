import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf, readStamps, writeStamp } from './stamps.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-stamps-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('stamps', () => {
  it('keep the other steps when one is written', () => {
    const file = join(folder, 'deep', 'stamps.json');
    writeStamp('npm', 'a', file);
    writeStamp('bundles', 'b', file);
    writeStamp('npm', 'c', file);
    expect(readStamps(file)).toEqual({ npm: 'c', bundles: 'b' });
  });
  it('count as absent when the file is missing or damaged', () => {
    const file = join(folder, 'stamps.json');
    expect(readStamps(file)).toEqual({});
    writeFileSync(file, '{"npm": "a');
    expect(readStamps(file)).toEqual({});
  });
});

describe('digestOf', () => {
  it('tells parts apart by their borders', () => {
    expect(digestOf('ab', 'c')).not.toBe(digestOf('a', 'bc'));
    expect(digestOf('a', 'b')).toBe(digestOf('a', 'b'));
  });
});
