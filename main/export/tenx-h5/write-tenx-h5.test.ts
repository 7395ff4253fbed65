import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm, { type Dataset } from 'h5wasm/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COUNTS, smallSource, sparseRows } from '../fixtures/small-source.ts';
import { writeTenxH5 } from './write-tenx-h5.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-10x-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(path: string): Promise<(name: string) => unknown[]> {
  await h5wasm.ready;
  const file = new h5wasm.File(path, 'r');
  return (name) => Array.from((file.get(name) as Dataset).value as Iterable<unknown>);
}

describe('writeTenxH5', () => {
  it('writes counts as Cell Ranger 3 does', async () => {
    const path = join(folder, 'out.h5');
    const result = await writeTenxH5(path, smallSource(), { matrix: 'counts' });
    expect(result.nValues).toBe(7);
    const values = await read(path);
    expect(values('matrix/shape')).toEqual([4, 5]);
    expect(values('matrix/data')).toEqual([1, 3, 2, 7, 1, 16777216, 5]);
    expect(values('matrix/indices')).toEqual([0n, 3n, 1n, 0n, 2n, 2n, 3n]);
    expect(values('matrix/indptr')).toEqual([0n, 2n, 3n, 3n, 5n, 7n]);
    expect(values('matrix/barcodes')).toEqual(['AAAC-1', 'AAAG-1', 'AAAT-1', 'AACA-1', 'ÄÖ,"x"']);
    expect(values('matrix/features/id')).toEqual(['ENSG1', 'ENSG2', 'ENSG3', 'CD3']);
    expect(values('matrix/features/name')).toEqual(['GAPDH', 'ACTB', 'LYZ', 'CD3']);
    expect(values('matrix/features/feature_type').at(-1)).toBe('Antibody Capture');
  });

  it('writes denoised values as floats, without those below the threshold', async () => {
    const path = join(folder, 'out.h5');
    await writeTenxH5(path, smallSource(), { minValue: 0.3 });
    const values = await read(path);
    // 0.3 itself stays: as float32 it is slightly more than 0.3.
    expect(values('matrix/data')).toEqual([0.5, 3.25, 2, -0.75, 7, 1, 0.3, 1234567, 5].map(Math.fround));
  });

  it('refuses a value that is not a number, naming cell and gene', async () => {
    const source = smallSource();
    const rows = COUNTS.map((row) => [...row]);
    rows[3][2] = NaN;
    source.matrices = [{ name: 'X', storage: 'sparse', valueKind: 'real', chunks: () => sparseRows(rows, 2) }];
    await expect(writeTenxH5(join(folder, 'out.h5'), source)).rejects.toThrow('The value of LYZ in AACA-1 is NaN');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names the matrices there are', async () => {
    await expect(writeTenxH5(join(folder, 'out.h5'), smallSource(), { matrix: 'spliced' })).rejects.toThrow(
      'There is no matrix "spliced" to export; there are: X, counts.',
    );
  });
});
