import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BINDING, isCurrent, readFlavour, writeFlavour } from './flavour.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-flavour-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const recipeOf = (flavour: string) => `recipe of ${flavour}`;
const wanted = { flavour: 'any' as const, recipeOf, retry: false };

/** Leaves behind what set-up leaves behind. */
function install(flavour: 'cpu' | 'cuda' | 'none', recipe: string) {
  writeFlavour({ flavour, recipe, made: '2026-11-20T00:00:00Z', seconds: 1, megabytes: 1 }, folder);
  if (flavour !== 'none') writeFileSync(join(folder, BINDING), '');
  return readFlavour(folder);
}

describe('isCurrent', () => {
  it('is false before anything is installed', () => {
    expect(readFlavour(folder)).toBeNull();
    expect(isCurrent(null, wanted, folder)).toBe(false);
  });
  it('leaves a CUDA build in place unless the CPU build is asked for', () => {
    const record = install('cuda', 'recipe of cuda');
    expect(isCurrent(record, wanted, folder)).toBe(true);
    expect(isCurrent(record, { ...wanted, flavour: 'cuda' }, folder)).toBe(true);
    expect(isCurrent(record, { ...wanted, flavour: 'cpu' }, folder)).toBe(false);
  });
  it('makes it anew when the recipe changes or the binding is gone', () => {
    const record = install('cpu', 'recipe of cpu');
    expect(isCurrent(record, wanted, folder)).toBe(true);
    expect(isCurrent({ ...record!, recipe: 'older' }, wanted, folder)).toBe(false);
    rmSync(join(folder, BINDING));
    expect(isCurrent(record, wanted, folder)).toBe(false);
  });
  it('does not try again what has failed, unless somebody asks', () => {
    const record = install('none', 'recipe of cpu');
    expect(isCurrent(record, wanted, folder)).toBe(true);
    expect(isCurrent(record, { ...wanted, retry: true }, folder)).toBe(false);
  });
});
