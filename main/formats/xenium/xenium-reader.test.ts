import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectReader, inspectPath, openPath } from '../registry.ts';
import { collectRows } from '../testing/collect-matrix.ts';
import { writeMatrix } from '../testing/write-matrix.ts';

let folder: string;
let next = 0;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-xenium-'))));
afterAll(async () => await rm(folder, { recursive: true }));

const cells = ['aaaa-1', 'bbbb-1', 'cccc-1'];
const rows = [
  [1, 0, 9],
  [0, 2, 0],
  [3, 3, 9],
];
const table = {
  cell_id: ['cccc-1', 'aaaa-1', 'bbbb-1'],
  x_centroid: [30.5, 10.5, 20.5],
  y_centroid: [3.25, 1.25, 2.25],
  cell_area: [Math.PI * 36, Math.PI * 25, Math.PI * 16],
  segmentation_method: ['nucleus', 'boundary', 'nucleus'],
};
/** A triangle and a square, both closed; cell cccc-1 has no outline, and bbbb-1 a second one. */
const borders = {
  cell_id: [...Array<string>(4).fill('bbbb-1'), ...Array<string>(5).fill('aaaa-1'), ...Array<string>(3).fill('bbbb-1')],
  vertex_x: [20, 21, 20, 20, 10, 11, 11, 10, 10, 25, 26, 25],
  vertex_y: [2, 2, 3, 2, 1, 1, 2, 2, 1, 2, 2, 3],
  label_id: [2, 2, 2, 2, 1, 1, 1, 1, 1, 3, 3, 3],
};

async function make(kind: 'parquet' | 'csv.gz', withBorders = true): Promise<string> {
  const root = join(folder, `run-${next++}`);
  await mkdir(root);
  await writeMatrix(join(root, 'cell_feature_matrix.h5'), cells, rows, [
    'Gene Expression',
    'Gene Expression',
    'Negative Control Probe',
  ]);
  await write(join(root, `cells.${kind}`), table);
  if (withBorders) await write(join(root, `cell_boundaries.${kind}`), borders);
  return root;
}

async function write(path: string, columns: Record<string, (string | number)[]>): Promise<void> {
  const names = Object.keys(columns);
  if (path.endsWith('.parquet')) {
    const type = (name: string) =>
      typeof columns[name][0] === 'string' ? 'STRING' : name === 'label_id' ? 'INT32' : 'DOUBLE';
    parquetWriteFile({
      filename: path,
      columnData: names.map((name) => ({ name, data: columns[name], type: type(name) })),
    });
    return;
  }
  const quoted = (value: string | number) => (typeof value === 'string' ? `"${value}"` : String(value));
  const lines = columns[names[0]].map((_, i) => names.map((name) => quoted(columns[name][i])).join(','));
  await writeFile(path, gzipSync([names.map(quoted).join(','), ...lines, ''].join('\n')));
}

describe('xeniumReader', () => {
  it.each(['parquet', 'csv.gz'] as const)('joins matrix, cells and borders from .%s', async (kind) => {
    const root = await make(kind);
    expect((await detectReader(root)).id).toBe('xenium');
    expect(await inspectPath(root)).toMatchObject({
      title: expect.stringContaining('Xenium'),
      nObs: 3,
      nVar: 2,
      nnz: 4,
      spatial: { obsm: 'spatial', micrometresPerUnit: 1, spotSize: 10, hasBorders: true, images: [] },
    });
    const source = await openPath(root);
    expect(source.obsm).toEqual([
      { name: 'spatial', nDim: 2, values: Float64Array.of(10.5, 1.25, 20.5, 2.25, 30.5, 3.25), unit: 'µm' },
    ]);
    expect(await collectRows(source.matrices[0].chunks(), 2)).toEqual(rows.map((row) => row.slice(0, 2)));
    expect(source.obs.columns).toMatchObject([
      { name: 'cell_area', kind: 'numeric', values: Float64Array.of(Math.PI * 25, Math.PI * 16, Math.PI * 36) },
      { name: 'segmentation_method', kind: 'categorical', categories: ['boundary', 'nucleus'] },
    ]);
    expect(source.spatial?.borders).toEqual({
      offsets: Uint32Array.of(0, 4, 7, 7),
      vertices: Float32Array.of(10, 1, 11, 1, 11, 2, 10, 2, 20, 2, 21, 2, 20, 3),
    });
    source.close();
    const bare = await openPath(root, { options: { borders: 'no' } });
    expect(bare.spatial?.borders).toBeNull();
    bare.close();
  });

  it('leaves out cells that the table does not list', async () => {
    const root = await make('parquet', false);
    await rm(join(root, 'cells.parquet'));
    await write(join(root, 'cells.csv.gz'), {
      cell_id: ['cccc-1', 'zzzz-1'],
      x_centroid: [30.5, 1],
      y_centroid: [3.25, 1],
    });
    const source = await openPath(root);
    expect(source.obs.names).toEqual(['cccc-1']);
    expect(await collectRows(source.matrices[0].chunks(), 2)).toEqual([[3, 3]]);
    expect(source.provenance['warnings']).toContain(
      '2 of 3 cells of the matrix are not in cells.csv.gz and were left out.',
    );
    source.close();
  });

  it('says what is missing', async () => {
    const root = await make('parquet', false);
    await write(join(root, 'cells.parquet'), { cell_id: ['zzzz-1'], x_centroid: [1], y_centroid: [1] });
    await expect(inspectPath(root)).rejects.toMatchObject({
      code: 'bad-file',
      remedy: expect.stringContaining('different runs'),
    });
    await write(join(root, 'cells.parquet'), { cell_id: ['aaaa-1'], x: [1] });
    await expect(inspectPath(root)).rejects.toMatchObject({
      message: 'cells.parquet has no column x_centroid, y_centroid (it has cell_id, x).',
    });
    await rm(join(root, 'cells.parquet'));
    await expect(inspectPath(root, { format: 'xenium' })).rejects.toMatchObject({
      message: expect.stringContaining('no Xenium folder'),
    });
  });
});
