import { describe, expect, it } from 'vitest';
import { isTaken, suits, typedAhead, type FileEntry } from './suits.ts';

const entry = (name: string, kind: 'file' | 'folder', hint: FileEntry['hint'] = null): FileEntry => ({
  name,
  path: `/d/${name}`,
  kind,
  bytes: kind === 'file' ? 1 : null,
  modified: null,
  hint,
});
const plain = entry('outs', 'folder');
const matrix = entry('filtered_feature_bc_matrix', 'folder', { kind: 'data', text: 'Folder with a 10x matrix' });
const table = entry('labels.csv', 'file', { kind: 'labels', text: 'Table (.csv)' });

describe('choosing', () => {
  it('takes files and folders that are data, and looks into other folders', () => {
    expect([plain, matrix, table].map((one) => isTaken(one, 'data'))).toEqual([false, true, true]);
    expect([plain, matrix, table].map((one) => isTaken(one, 'folder'))).toEqual([false, false, false]);
  });

  it('marks what is asked for', () => {
    expect([plain, matrix, table].map((one) => suits(one, 'labels'))).toEqual([false, false, true]);
    expect(suits(plain, 'folder')).toBe(true);
  });

  it('finds names by their first letters, onwards and round', () => {
    const all = [matrix, table, plain];
    expect(typedAhead(all, 'LA', 0)).toBe(1);
    expect(typedAhead(all, 'f', 2)).toBe(0);
    expect(typedAhead(all, 'x', 0)).toBe(-1);
  });
});
