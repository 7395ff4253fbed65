import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatasetSource } from '../dataset/dataset-source.ts';
import type { FormatReader } from '../formats/format-reader.ts';
import { h5adReader } from '../formats/h5ad/h5ad-reader.ts';
import { tenxH5Reader } from '../formats/tenx-h5/tenx-h5-reader.ts';
import { tenxMtxReader } from '../formats/tenx-mtx/tenx-mtx-reader.ts';
import type { ExportSource } from './export-source.ts';
import { COUNTS, smallSource } from './fixtures/small-source.ts';
import { writeH5ad } from './h5ad/write-h5ad.ts';
import { writeTenxH5 } from './tenx-h5/write-tenx-h5.ts';
import { writeTenxMtx } from './tenx-mtx/write-tenx-mtx.ts';

const data = process.env['LACUNA_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const pbmc = join(data, 'pbmc3k', 'filtered_feature_bc_matrix.h5');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-round-trip-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Counts as the main matrix, of one feature type: readers keep gene expression only unless told otherwise. */
function counts(): ExportSource {
  const source = smallSource();
  const columns = source.var.columns.filter((column) => column.name !== 'feature_type');
  return { ...source, var: { ...source.var, columns }, matrices: [source.matrices[1]] };
}

const formats = [
  ['h5ad', h5adReader, (path: string, source: ExportSource) => writeH5ad(path, source)],
  ['10x .h5', tenxH5Reader, (path: string, source: ExportSource) => writeTenxH5(path, source)],
  ['10x mtx', tenxMtxReader, (path: string, source: ExportSource) => writeTenxMtx(path, source)],
] as const;

/** Entries in order: the observation, the variable and the value of each. */
async function entries(source: DatasetSource): Promise<{ obs: number[]; var: number[]; value: number[] }> {
  const found: { obs: number[]; var: number[]; value: number[] } = { obs: [], var: [], value: [] };
  for await (const chunk of source.matrices[0].chunks()) {
    for (let row = 0; row < chunk.nObs; row++) {
      for (let at = chunk.indptr[row]; at < chunk.indptr[row + 1]; at++) {
        found.obs.push(chunk.start + row);
        found.var.push(chunk.indices[at]);
        found.value.push(chunk.values[at]);
      }
    }
  }
  return found;
}

function asExport(source: DatasetSource): ExportSource {
  return {
    ...source,
    matrices: source.matrices.map((matrix) => ({
      name: matrix.name,
      storage: 'sparse',
      valueKind: matrix.valueKind,
      chunks: (signal) => matrix.chunks(signal),
    })),
  };
}

it('keeps the unit of coordinates in .h5ad', async () => {
  const path = join(folder, 'out.h5ad');
  await writeH5ad(path, counts());
  const back = await h5adReader.open(path, {});
  try {
    const units = (arrays: readonly { name: string; unit?: string }[]) =>
      arrays.map(({ name, unit }) => [name, unit ?? '']);
    expect(units(back.obsm).sort()).toEqual(units(counts().obsm).sort());
    expect(back.obsm.find(({ name }) => name === 'spatial')?.unit).toBe('µm');
  } finally {
    back.close();
  }
});

describe.each(formats)('%s', (_, reader: FormatReader, write) => {
  it('comes back through our own reader', async () => {
    const path = join(folder, 'out');
    await write(path, counts());
    expect(await reader.sniff(path)).toBe(true);
    const source = await reader.open(path, {});
    try {
      expect(source.obs.names).toEqual(smallSource().obs.names);
      expect(source.var.names).toEqual(smallSource().var.names);
      expect(source.matrices[0].valueKind).toBe('counts');
      const expected = COUNTS.flatMap((row, i) => row.flatMap((value, j) => (value === 0 ? [] : [[i, j, value]])));
      expect(await entries(source)).toEqual({
        obs: expected.map(([obs]) => obs),
        var: expected.map(([, variable]) => variable),
        value: expected.map(([, , value]) => value),
      });
    } finally {
      source.close();
    }
  });

  it.skipIf(!existsSync(pbmc))('gives PBMC 3k back entry for entry (needs the data folder)', async () => {
    const original = await tenxH5Reader.open(pbmc, {});
    const path = join(folder, 'out');
    await write(path, asExport(original));
    const back = await reader.open(path, {});
    try {
      expect([back.nObs, back.nVar]).toEqual([2638, 13714]);
      expect(back.obs.names).toEqual(original.obs.names);
      const [a, b] = [await entries(original), await entries(back)];
      expect(b.value.length).toBe(2_238_732);
      for (const part of ['obs', 'var', 'value'] as const) expect(b[part].every((x, i) => x === a[part][i])).toBe(true);
    } finally {
      original.close();
      back.close();
    }
  });
});
