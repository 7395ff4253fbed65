import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm, { type Dataset, type Group } from 'h5wasm/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../dataset/progress.ts';
import { DENOISED, denseChunks, smallSource } from '../fixtures/small-source.ts';
import { writeH5ad } from './write-h5ad.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-h5ad-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('writeH5ad', () => {
  it('writes the layout of current anndata', async () => {
    const path = join(folder, 'out.h5ad');
    const result = await writeH5ad(path, smallSource());
    expect(result.nValues).toBe(20 + 7);
    expect(result.warnings).toEqual([
      'The column of obs "note/free" is called "note_free" in the file, because .h5ad does not allow its name.',
      'The entry of uns "with/slash" is called "with_slash" in the file, because .h5ad does not allow its name.',
    ]);
    await h5wasm.ready;
    const file = new h5wasm.File(path, 'r');
    const at = (name: string): Dataset & Group => file.get(name) as Dataset & Group;
    const encoding = (name: string): unknown[] =>
      ['encoding-type', 'encoding-version'].map((key) => at(name).get_attribute(key, true));
    expect(encoding('/')).toEqual(['anndata', '0.1.0']);
    expect(encoding('X')).toEqual(['array', '0.2.0']);
    expect(at('X').filters.map((filter) => filter.name)).toEqual(['deflate']);
    expect(encoding('layers/counts')).toEqual(['csr_matrix', '0.1.0']);
    expect([...(at('layers/counts/indptr').value as Int32Array)]).toEqual([0, 2, 3, 3, 5, 7]);
    expect([...(at('layers/counts/indices').value as Int32Array)]).toEqual([0, 3, 1, 0, 2, 2, 3]);
    expect(encoding('obs')).toEqual(['dataframe', '0.2.0']);
    expect(encoding('obs/cell_type')).toEqual(['categorical', '0.2.0']);
    expect([...(at('obs/cell_type/codes').value as Int8Array)]).toEqual([0, 1, -1, 1, 0]);
    expect(at('obs').get_attribute('column-order', true)).toEqual([
      'cell_type',
      'stage',
      'n_counts',
      'share',
      'note_free',
    ]);
    for (const name of ['obsm', 'varm', 'obsp', 'varp', 'layers', 'uns'])
      expect(encoding(name)).toEqual(['dict', '0.1.0']);
    file.close();
  });

  it('reports progress up to the end', async () => {
    const reports: Progress[] = [];
    await writeH5ad(join(folder, 'out.h5ad'), smallSource(), {}, { report: (progress) => reports.push(progress) });
    expect(reports.at(-1)?.fraction).toBe(1);
  });

  it('leaves nothing behind when it is cancelled half way', async () => {
    const source = smallSource();
    const controller = new AbortController();
    source.matrices[0] = {
      name: 'X',
      storage: 'dense',
      valueKind: 'real',
      async *chunks() {
        for await (const chunk of denseChunks(DENOISED, 1)) {
          if (chunk.start === 2) controller.abort();
          yield chunk;
        }
      },
    };
    await expect(writeH5ad(join(folder, 'out.h5ad'), source, {}, { signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps the old file when the new one fails, and replaces it only when told', async () => {
    const path = join(folder, 'out.h5ad');
    await writeFile(path, 'precious');
    await expect(writeH5ad(path, smallSource())).rejects.toMatchObject({ code: 'bad-option' });
    const broken = smallSource();
    broken.matrices[0] = {
      name: 'X',
      storage: 'dense',
      valueKind: 'real',
      chunks: () => denseChunks(DENOISED.slice(0, 3), 2),
    };
    await expect(writeH5ad(path, broken, { overwrite: true })).rejects.toThrow('ended at observation 3 of 5');
    expect(await readFile(path, 'utf8')).toBe('precious');
    expect(readdirSync(folder)).toEqual(['out.h5ad']);
    await writeH5ad(path, smallSource(), { overwrite: true });
    expect((await readFile(path)).subarray(1, 4).toString()).toBe('HDF');
  });

  it('says where it cannot write', async () => {
    await expect(writeH5ad(join(folder, 'none', 'out.h5ad'), smallSource())).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('writes a source without observations', async () => {
    const path = join(folder, 'empty.h5ad');
    const table = { names: [], columns: [] };
    const matrices = [{ name: 'X', storage: 'dense' as const, valueKind: 'real' as const, async *chunks() {} }];
    await writeH5ad(path, { nObs: 0, nVar: 4, obs: table, var: smallSource().var, matrices, obsm: [], provenance: {} });
    const file = new h5wasm.File(path, 'r');
    expect((file.get('X') as Dataset).shape).toEqual([0, 4]);
    file.close();
  });
});
