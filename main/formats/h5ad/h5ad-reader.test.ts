import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CleaningRules } from '../cleaning/chunk-builder.ts';
import { cscChunks, openCompressedSparse } from '../hdf5/compressed-sparse.ts';
import { Hdf5File } from '../hdf5/hdf5-file.ts';
import { collectRows } from '../testing/collect-matrix.ts';
import { writeHdf5 } from '../testing/write-hdf5.ts';
import type { GroupSpec, Hdf5Spec } from '../testing/write-hdf5.ts';
import { h5adReader } from './h5ad-reader.ts';

let folder: string;
let next = 0;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-h5ad-'))));
afterAll(async () => await rm(folder, { recursive: true }));

async function make(children: Record<string, Hdf5Spec>): Promise<string> {
  const path = join(folder, `made-${next++}.h5ad`);
  await writeHdf5(path, { attrs: { 'encoding-type': 'anndata', 'encoding-version': '0.1.0' }, children });
  return path;
}

const counts = [
  [1, 0, 4],
  [0, 0, 0],
  [0, 5, 0],
  [2, 0, 3],
];

function sparse(rows: number[][], layout: 'csr' | 'csc'): GroupSpec {
  const [nMajor, nMinor] = layout === 'csr' ? [rows.length, rows[0].length] : [rows[0].length, rows.length];
  const data: number[] = [];
  const indices: number[] = [];
  const indptr = [0];
  for (let major = 0; major < nMajor; major++) {
    for (let minor = 0; minor < nMinor; minor++) {
      const value = layout === 'csr' ? rows[major][minor] : rows[minor][major];
      if (value === 0) continue;
      data.push(value);
      indices.push(minor);
    }
    indptr.push(data.length);
  }
  return {
    attrs: { 'encoding-type': `${layout}_matrix`, shape: [rows.length, rows[0].length] },
    children: { data: { data, dtype: '<f4' }, indices: { data: indices }, indptr: { data: indptr } },
  };
}

const dense = (rows: number[][]): Hdf5Spec => ({
  data: rows.flat(),
  dtype: '<f8',
  shape: [rows.length, rows[0].length],
});

const frame = (names: string[], columns: Record<string, Hdf5Spec> = {}): GroupSpec => ({
  attrs: { 'encoding-type': 'dataframe', _index: '_index' },
  children: { _index: { data: names }, ...columns },
});

const obs = frame(['c0', 'c1', 'c2', 'c3']);
const genes = frame(['Alb', 'Afp', 'Apoe']);

async function rowsOf(path: string, options = {}): Promise<number[][]> {
  const source = await h5adReader.open(path, options);
  try {
    return await collectRows(source.matrices[0].chunks(), source.nVar);
  } finally {
    source.close();
  }
}

describe('h5adReader', () => {
  it.each([
    ['CSR', sparse(counts, 'csr')],
    ['CSC', sparse(counts, 'csc')],
    ['dense', dense(counts)],
  ])('reads %s', async (_layout, X) => {
    const path = await make({ X, obs, var: genes });
    expect(await h5adReader.sniff(path)).toBe(true);
    expect(await h5adReader.inspect(path, {})).toMatchObject({
      nObs: 4,
      nVar: 3,
      nnz: 5,
      valuesSampled: 5,
      valueKind: 'counts',
      version: '0.8 or later',
      warnings: [],
    });
    expect(await rowsOf(path)).toEqual(counts);
  });

  it('turns any CSC matrix round, in as many passes as memory asks for', async () => {
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 8 }))
      .chain(([nObs, nVar]) =>
        fc.array(fc.array(fc.oneof(fc.constant(0), fc.nat(9)), { minLength: nVar, maxLength: nVar }), {
          minLength: nObs,
          maxLength: nObs,
        }),
      )
      .filter((rows) => rows.flat().some((value) => value > 0)); // h5wasm writes no empty datasets
    await fc.assert(
      fc.asyncProperty(matrix, fc.integer({ min: 1, max: 30 }), async (rows, budget) => {
        const path = await make({ X: sparse(rows, 'csc') });
        const file = await Hdf5File.open(path);
        const nVar = rows[0].length;
        const rules: CleaningRules = {
          file: path,
          nSourceVar: nVar,
          nVar,
          varMap: null,
          valueKind: 'counts',
          obsName: String,
          varName: String,
        };
        try {
          const chunks = cscChunks(openCompressedSparse(file, 'X', nVar), rows.length, rules, undefined, budget);
          expect(await collectRows(chunks, nVar)).toEqual(rows);
        } finally {
          file.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('finds the raw counts, wherever they are', async () => {
    const logged = counts.map((row) => row.map((value) => Math.log1p(value)));
    const inLayer = await make({
      X: dense(logged),
      obs,
      var: genes,
      layers: { children: { scaled: dense(logged), counts: sparse(counts, 'csr') } },
    });
    const inspection = await h5adReader.inspect(inLayer, {});
    expect(inspection).toMatchObject({
      valueKind: 'counts',
      layers: ['counts', 'scaled'],
      warnings: [expect.stringContaining('layers/counts')],
    });
    expect(inspection.choices.map(({ key, default: value }) => [key, value])).toEqual([
      ['matrix', 'layers/counts'],
      ['layers', ''],
      ['values', 'auto'],
    ]);
    expect(await rowsOf(inLayer)).toEqual(counts);
    const source = await h5adReader.open(inLayer, { matrix: 'X', layers: 'layers/counts' });
    expect(source.matrices.map(({ name, valueKind }) => [name, valueKind])).toEqual([
      ['X', 'nonnegative'],
      ['counts', 'counts'],
    ]);
    expect(await collectRows(source.matrices[1].chunks(), 3)).toEqual(counts);
    source.close();

    const wide = counts.map((row) => [...row, 7]);
    const inRaw = await make({
      X: dense(logged),
      obs,
      var: genes,
      raw: { children: { X: sparse(wide, 'csr'), var: frame(['Alb', 'Afp', 'Apoe', 'Actb']) } },
    });
    expect(await h5adReader.inspect(inRaw, {})).toMatchObject({ nVar: 4, valueKind: 'counts' });
    expect(await rowsOf(inRaw)).toEqual(wide);
    expect(await h5adReader.inspect(inRaw, { matrix: 'X' })).toMatchObject({ nVar: 3, valueKind: 'nonnegative' });
  });

  it('reads categories, booleans, text, numbers and nullable columns', async () => {
    const categorical = (codes: number[], categories: Hdf5Spec, ordered: boolean): GroupSpec => ({
      attrs: { 'encoding-type': 'categorical', ordered: { boolean: ordered } },
      children: { codes: { data: codes, dtype: '<i1' }, categories },
    });
    const path = await make({
      X: dense(counts),
      var: genes,
      obs: frame(['c0', 'c1', 'c2', 'c3'], {
        type: categorical([1, 0, -1, 1], { data: ['B', 'T'] }, false),
        stage: categorical([0, 1, 2, 0], { data: [8, 10, 12] }, true),
        note: { data: ['a', '', 'b', 'c'] },
        depth: { data: [1.5, NaN, 3, 4], dtype: '<f8' },
        age: {
          attrs: { 'encoding-type': 'nullable-integer' },
          children: { values: { data: [1, 2, 3, 4] }, mask: { data: [0, 1, 0, 0], dtype: '<i1' } },
        },
        odd: { children: { something: { data: [1] } } },
      }),
    });
    const source = await h5adReader.open(path, {});
    const column = (name: string) => source.obs.columns.find((one) => one.name === name);
    expect(column('type')).toMatchObject({
      kind: 'categorical',
      codes: Int32Array.of(1, 0, -1, 1),
      categories: ['B', 'T'],
    });
    expect(column('stage')).toMatchObject({ categories: ['8', '10', '12'] });
    expect(column('note')).toMatchObject({ kind: 'string', values: ['a', '', 'b', 'c'] });
    expect(column('depth')).toMatchObject({ values: Float64Array.of(1.5, NaN, 3, 4) });
    expect(column('age')).toMatchObject({ values: Float64Array.of(1, NaN, 3, 4) });
    expect(column('odd')).toBeUndefined();
    expect(source.provenance['warnings']).toEqual([expect.stringContaining('odd')]);
    source.close();
  });

  it('reads the layout of anndata 0.6 and earlier: tables of records', async () => {
    const path = join(folder, 'old.h5ad');
    await writeHdf5(path, {
      children: {
        X: dense(counts),
        obs: {
          columns: new Map<string, number[] | string[]>([
            ['index', ['c0', 'c1', 'c2', 'c3']],
            ['louvain', [0, 1, 1, 0]],
            ['n', [1.5, 2.5, 3.5, 4.5]],
          ]),
          types: [
            ['index', 'S4'],
            ['louvain', '<b'],
            ['n', '<f'],
          ],
        },
        var: { columns: new Map([['index', ['Alb', 'Afp', 'Apoe']]]), types: [['index', 'S8']] },
        uns: { children: { louvain_categories: { data: ['left', 'right'] } } },
        'raw.X': { ...sparse(counts, 'csr'), attrs: { h5sparse_format: 'csr', h5sparse_shape: [4, 3] } },
        'raw.var': { columns: new Map([['index', ['Alb', 'Afp', 'Apoe']]]), types: [['index', 'S8']] },
      },
    });
    const source = await h5adReader.open(path, { matrix: 'raw/X' });
    expect(source.obs.names).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(source.obs.columns).toMatchObject([
      { kind: 'categorical', name: 'louvain', codes: Int32Array.of(0, 1, 1, 0), categories: ['left', 'right'] },
      { kind: 'numeric', name: 'n', values: Float64Array.of(1.5, 2.5, 3.5, 4.5) },
    ]);
    expect(await collectRows(source.matrices[0].chunks(), 3)).toEqual(counts);
    expect(source.provenance['version']).toBe('0.6 or earlier');
    source.close();
  });

  it('reads coordinates and tables of numbers in obsm', async () => {
    const path = await make({
      X: dense(counts),
      obs,
      var: genes,
      obsm: {
        children: {
          spatial: { data: [0, 1, 2, 3, 4, 5, 6, 7], shape: [4, 2], dtype: '<f8' },
          scores: frame(['c0', 'c1', 'c2', 'c3'], { CD3: { data: [1, 2, 3, 4] }, CD19: { data: [5, 6, 7, 8] } }),
          graph: sparse(counts, 'csr'),
        },
      },
    });
    const source = await h5adReader.open(path, {});
    expect(source.obsm).toEqual([
      { name: 'scores', nDim: 2, values: Float64Array.of(5, 1, 6, 2, 7, 3, 8, 4), unit: '' },
      { name: 'spatial', nDim: 2, values: Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7), unit: '' },
    ]);
    expect(source.provenance['warnings']).toEqual([expect.stringContaining("'graph'")]);
    source.close();
  });

  it('makes names unique and knows scanpy’s names for gene identifiers', async () => {
    const path = await make({
      X: dense(counts),
      obs,
      var: frame(['Alb', 'Alb', ''], { gene_ids: { data: ['E0', 'E1', 'E2'] } }),
    });
    const source = await h5adReader.open(path, {});
    expect(source.var.names).toEqual(['Alb', 'Alb-1', 'E2']);
    expect(source.var.columns.map(({ name }) => name)).toEqual(['gene_id', 'original_name']);
    source.close();
  });

  it('names the place of NaN in each layout', async () => {
    const rows = counts.map((row) => [...row]);
    rows[3][2] = NaN;
    for (const X of [sparse(rows, 'csr'), sparse(rows, 'csc'), dense(rows)]) {
      await expect(h5adReader.open(await make({ X, obs, var: genes }), {})).rejects.toMatchObject({
        code: 'bad-file',
        message: expect.stringMatching(/cell (c3|number 4), gene (Apoe|number 3)/),
      });
    }
  });

  it('says what is missing or does not fit', async () => {
    const noIndex = await make({
      X: dense(counts),
      obs: { attrs: { 'encoding-type': 'dataframe' }, children: {} },
      var: genes,
    });
    await expect(h5adReader.open(noIndex, {})).rejects.toMatchObject({
      message: expect.stringContaining('lacks obs/_index'),
    });
    const tooFew = await make({ X: dense(counts), obs: frame(['c0']), var: genes });
    await expect(h5adReader.open(tooFew, {})).rejects.toMatchObject({
      message: expect.stringContaining('4 × 3 values for 1 cells and 3 genes'),
    });
    await expect(
      h5adReader.open(await make({ X: dense(counts), obs, var: genes }), { matrix: 'layers/raw' }),
    ).rejects.toMatchObject({ code: 'bad-option', remedy: 'The values are: X.' });
  });
});
