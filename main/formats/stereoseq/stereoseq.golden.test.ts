import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DatasetSource } from '../../dataset/dataset-source.ts';
import { inspectPath, openPath } from '../registry.ts';
import { checkedChunks } from '../testing/collect-matrix.ts';
import golden from './stereoseq.golden.json' with { type: 'json' };

const data = process.env['LACUNA_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');
const file = (name: string) => join(data, 'stereoseq', `SS200000135TL_D1_${name}`);

interface Sums {
  nObs: number;
  nVar: number;
  nnz: number;
  sum: number;
  sumByObs: number;
  sumByVar: number;
  sumByBoth: number;
}

async function sums(source: DatasetSource): Promise<Sums> {
  const out = { nObs: source.nObs, nVar: source.nVar, nnz: 0, sum: 0, sumByObs: 0, sumByVar: 0, sumByBoth: 0 };
  for await (const { start, nObs, indptr, indices, values } of checkedChunks(
    source.matrices[0].chunks(),
    source.nVar,
  )) {
    for (let obs = 0; obs < nObs; obs++)
      for (let i = indptr[obs]; i < indptr[obs + 1]; i++) {
        out.sum += values[i];
        out.sumByObs += values[i] * ((start + obs) % 97);
        out.sumByVar += values[i] * (indices[i] % 89);
        out.sumByBoth += values[i] * (((start + obs) * 31 + indices[i]) % 101);
      }
    out.nnz += values.length;
  }
  return out;
}

describe.each(Object.entries(golden.bins as unknown as Record<string, Record<string, Sums>>))('%s', (name, sizes) => {
  it.skipIf(!existsSync(file(name))).each(Object.entries(sizes))(
    'at bin %s has what NumPy sums up, and the inspection says its size',
    async (bin, expected) => {
      const { nObs, nVar, nnz } = expected;
      expect(await inspectPath(file(name), { options: { bin } })).toMatchObject({ nObs, nVar, nnz });
      const source = await openPath(file(name), { options: { bin } });
      try {
        expect(await sums(source)).toEqual(expected);
      } finally {
        source.close();
      }
    },
  );
});

describe.each([
  ['small_GEMv0.1.gem.gz', 'small_v2.gef'],
  ['small_GEMv0.2.gem.gz', 'small_v4.gef'],
  ['bin1_small.gem.gz', 'small_v2.gef'],
])('%s and %s', (gem, gef) => {
  it.skipIf(!existsSync(file(gem)))('have the same names and places', async () => {
    for (const bin of ['1', '7', '50', '200']) {
      const [a, b] = await Promise.all([gem, gef].map((name) => openPath(file(name), { options: { bin } })));
      expect(a.obs).toEqual(b.obs);
      expect(a.var).toEqual(b.var);
      expect(a.obsm).toEqual(b.obsm);
      expect(a.spatial).toEqual(b.spatial);
      a.close();
      b.close();
    }
  });
});

describe('cellbin.gef', () => {
  const path = file('small_gridcells.cellbin.gef');
  it.skipIf(!existsSync(path))('has the cells, outlines and counts that h5py reads', async () => {
    const source = await openPath(path);
    try {
      const { vertices, vertexSumX, vertexSumY, area, dnb, ...matrix } = golden.cellbin;
      expect(await sums(source)).toMatchObject(matrix);
      const borders = source.spatial!.borders!;
      const sumOf = (axis: number) => borders.vertices.reduce((sum, value, i) => sum + (i % 2 === axis ? value : 0), 0);
      expect(borders.offsets[source.nObs]).toBe(vertices);
      expect([sumOf(0), sumOf(1)]).toEqual([vertexSumX, vertexSumY]);
      const column = (name: string) => {
        const found = source.obs.columns.find((one) => one.name === name);
        return found?.kind === 'numeric' ? found.values.reduce((a, b) => a + b, 0) : null;
      };
      expect([column('area'), column('dnb_count')]).toEqual([area, dnb]);
    } finally {
      source.close();
    }
  });
});
