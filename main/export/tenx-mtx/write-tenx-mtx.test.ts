import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallSource } from '../fixtures/small-source.ts';
import { headerMember } from './header-member.ts';
import { writeTenxMtx } from './write-tenx-mtx.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-mtx-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const lines = (...path: string[]): string[] =>
  gunzipSync(readFileSync(join(...path)))
    .toString()
    .split('\n');

describe('writeTenxMtx', () => {
  it('writes the three files, with the number of entries in the head', async () => {
    const out = join(folder, 'out');
    const result = await writeTenxMtx(out, smallSource(), { matrix: 'counts' });
    expect(result.nValues).toBe(7);
    const matrix = lines(out, 'matrix.mtx.gz');
    expect(matrix[0]).toBe('%%MatrixMarket matrix coordinate integer general');
    expect(matrix.slice(2)).toEqual([
      '4 5 7',
      '1 1 1',
      '4 1 3',
      '2 2 2',
      '1 4 7',
      '3 4 1',
      '3 5 16777216',
      '4 5 5',
      '',
    ]);
    expect(lines(out, 'barcodes.tsv.gz')).toEqual(['AAAC-1', 'AAAG-1', 'AAAT-1', 'AACA-1', 'ÄÖ,"x"', '']);
    expect(lines(out, 'features.tsv.gz')[3]).toBe('CD3\tCD3\tAntibody Capture');
  });

  it('writes values as the shortest text of the same float32', async () => {
    await writeTenxMtx(join(folder, 'out'), smallSource());
    const matrix = lines(folder, 'out', 'matrix.mtx.gz');
    expect(matrix[0]).toContain(' real ');
    expect(matrix).toContain('1 2 0.1');
    expect(matrix).toContain('2 4 1e-8');
  });

  it('has a head of one size whatever the numbers are', () => {
    const sizes = [0, 1, 123456789, 2 ** 53].map((nnz) => headerMember('integer', 30000, 1_000_000, nnz).length);
    expect(new Set(sizes).size).toBe(1);
  });

  it('never deletes files that are not its own', async () => {
    const out = join(folder, 'out');
    await mkdir(out);
    await writeFile(join(out, 'thesis.docx'), 'x');
    await expect(writeTenxMtx(out, smallSource())).rejects.toMatchObject({ code: 'bad-option' });
    await expect(writeTenxMtx(out, smallSource(), { overwrite: true })).rejects.toThrow('thesis.docx');
    expect(readdirSync(folder)).toEqual(['out']);
    await rm(join(out, 'thesis.docx'));
    await writeTenxMtx(out, smallSource());
    await writeTenxMtx(out, smallSource(), { overwrite: true });
    expect(readdirSync(folder)).toEqual(['out']);
    expect(readdirSync(out).sort()).toEqual(['barcodes.tsv.gz', 'features.tsv.gz', 'matrix.mtx.gz']);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    await expect(
      writeTenxMtx(join(folder, 'out'), smallSource(), {}, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
