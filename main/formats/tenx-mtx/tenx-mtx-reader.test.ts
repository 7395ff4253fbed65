import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CleaningRules } from '../cleaning/chunk-builder.ts';
import { collectRows } from '../testing/collect-matrix.ts';
import { mtxChunks, surveyMtx } from './mtx-matrix.ts';
import { tenxMtxReader } from './tenx-mtx-reader.ts';

let folder: string;
let next = 0;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-mtx-'))));
afterAll(async () => await rm(folder, { recursive: true }));

/** Genes × cells, as a 10x folder has it. */
interface Made {
  entries: [gene: number, cell: number, value: number][];
  genes: string[];
  cells: string[];
  prefix?: string;
  gzip?: boolean;
  old?: boolean;
  field?: string;
  transposed?: boolean;
}

async function make(made: Made): Promise<string> {
  const { entries, genes, cells, prefix = '', gzip = false, old = false, field = 'integer', transposed = false } = made;
  const path = join(folder, `set-${next++}`);
  await mkdir(path);
  const write = async (name: string, text: string) =>
    await writeFile(join(path, prefix + name + (gzip ? '.gz' : '')), gzip ? gzipSync(text) : text);
  const sizes = transposed ? [cells.length, genes.length] : [genes.length, cells.length];
  const lines = entries.map(([gene, cell, value]) =>
    transposed ? `${cell + 1} ${gene + 1} ${value}` : `${gene + 1} ${cell + 1} ${value}`,
  );
  await write(
    'matrix.mtx',
    `%%MatrixMarket matrix coordinate ${field} general\n${sizes.join(' ')} ${entries.length}\n${lines.join('\n')}\n`,
  );
  await write('barcodes.tsv', cells.map((cell) => `${cell}\n`).join(''));
  await write(
    old ? 'genes.tsv' : 'features.tsv',
    genes.map((gene, i) => `ENSG${i}\t${gene}${old ? '' : '\tGene Expression'}\n`).join(''),
  );
  return path;
}

const small: Made = {
  genes: ['Alb', 'Gapdh', 'Cd3e'],
  cells: ['AAAC-1', 'AAAG-1', 'AAAT-1'],
  entries: [
    [0, 0, 5],
    [2, 0, 1],
    [1, 2, 7],
  ],
};
const smallRows = [
  [5, 0, 1],
  [0, 0, 0],
  [0, 7, 0],
];

async function rowsOf(path: string, options = {}): Promise<number[][]> {
  const source = await tenxMtxReader.open(path, options);
  return await collectRows(source.matrices[0].chunks(), source.nVar);
}

describe('tenxMtxReader', () => {
  it.each([
    ['plain, v3', {}],
    ['plain, v2', { old: true }],
    ['gzipped', { gzip: true }],
    ['with a prefix', { prefix: 'GSM123_', gzip: true }],
    ['with cells as rows', { transposed: true, genes: [...small.genes, 'Actb'] }],
  ])('reads a folder: %s', async (_what, more) => {
    const path = await make({ ...small, ...more });
    expect(await tenxMtxReader.sniff(path)).toBe(true);
    const rows = await rowsOf(path);
    expect(rows.map((row) => row.slice(0, 3))).toEqual(smallRows);
    const inspection = await tenxMtxReader.inspect(path, {});
    expect(inspection).toMatchObject({ nObs: 3, nnz: 3, valuesSampled: 3, valueKind: 'counts', warnings: [] });
  });

  it('streams any matrix, in any order of its entries', async () => {
    const entry = fc.tuple(fc.nat(6), fc.nat(8), fc.integer({ min: 0, max: 9 }));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(entry, { maxLength: 40, selector: ([g, c]) => `${g} ${c}` }),
        fc.boolean(),
        async (entries, gzip) => {
          const genes = Array.from({ length: 7 }, (_, i) => `gene${i}`);
          const cells = Array.from({ length: 9 }, (_, i) => `cell${i}`);
          const expected = cells.map((_, c) =>
            genes.map((_gene, g) => entries.find((one) => one[0] === g && one[1] === c)?.[2] ?? 0),
          );
          const path = await make({ genes, cells, entries, gzip });
          expect(await rowsOf(path)).toEqual(expected);
          // Again with room for five entries at a time: several passes over the file.
          const matrix = { path: join(path, gzip ? 'matrix.mtx.gz' : 'matrix.mtx'), nObs: 9, cellsAreRows: false };
          const rules: CleaningRules = {
            file: 'matrix.mtx',
            nSourceVar: 7,
            nVar: 7,
            varMap: null,
            valueKind: 'counts',
            obsName: String,
            varName: String,
          };
          const survey = await surveyMtx(matrix, Infinity, null, rules, {});
          expect(await collectRows(mtxChunks(matrix, { ...survey, sorted: false }, rules, undefined, 5), 7)).toEqual(
            expected,
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps proteins beside the genes', async () => {
    const path = await make(small);
    await writeFile(
      join(path, 'features.tsv'),
      'E1\tAlb\tGene Expression\nE2\tCD3\tAntibody Capture\nE3\tCd3e\tGene Expression\n',
    );
    const { choices, nVar, nnz } = await tenxMtxReader.inspect(path, {});
    expect(choices[0]).toMatchObject({ key: 'features', default: 'Gene Expression,Antibody Capture' });
    expect({ nVar, nnz }).toEqual({ nVar: 2, nnz: 2 });
    expect(await rowsOf(path)).toEqual([
      [5, 1],
      [0, 0],
      [0, 0],
    ]);
    const source = await tenxMtxReader.open(path, {});
    expect(await collectRows(source.modalities![0].matrix.chunks(), 1)).toEqual([[0], [0], [7]]);
    source.close();
    expect(await rowsOf(path, { features: 'Antibody Capture' })).toEqual([[0], [0], [7]]);
    await expect(tenxMtxReader.open(path, { features: 'Peaks' })).rejects.toMatchObject({
      code: 'bad-option',
      remedy: expect.stringContaining('Antibody Capture'),
    });
  });

  it('sums duplicates, drops zeros and makes names unique', async () => {
    const path = await make({
      genes: ['Alb', 'Alb', ''],
      cells: ['A', 'A', 'B'],
      entries: [
        [0, 0, 2],
        [0, 0, 3],
        [1, 0, 0],
        [2, 2, 4],
      ],
    });
    const source = await tenxMtxReader.open(path, {});
    expect(source.var.names).toEqual(['Alb', 'Alb-1', 'ENSG2']);
    expect(source.obs.names).toEqual(['A', 'A-1', 'B']);
    expect(source.var.columns.find(({ name }) => name === 'original_name')).toMatchObject({
      values: ['Alb', 'Alb', ''],
    });
    expect(await collectRows(source.matrices[0].chunks(), 3)).toEqual([
      [5, 0, 0],
      [0, 0, 0],
      [0, 0, 4],
    ]);
    expect(source.provenance['warnings']).toHaveLength(5);
  });

  it('keeps identifiers that look like numbers as text', async () => {
    const source = await tenxMtxReader.open(await make({ ...small, genes: ['007', '12', '1e5'] }), {});
    expect(source.var.names).toEqual(['007', '12', '1e5']);
  });

  it('tells several matrices of a folder apart', async () => {
    const path = await make({ ...small, prefix: 'a_' });
    const other = await make({ ...small, prefix: 'b_', entries: [[0, 0, 9]] });
    const { readdir, copyFile } = await import('node:fs/promises');
    for (const name of await readdir(other)) await copyFile(join(other, name), join(path, name));
    const { choices } = await tenxMtxReader.inspect(path, {});
    expect(choices[0]).toMatchObject({ key: 'sample', default: 'a', options: [{ value: 'a' }, { value: 'b' }] });
    expect((await rowsOf(path, { sample: 'b' }))[0]).toEqual([9, 0, 0]);
    expect((await rowsOf(join(path, 'b_matrix.mtx')))[0]).toEqual([9, 0, 0]);
  });

  it('names the place of values that cannot be', async () => {
    const nan = await make({ ...small, field: 'real', entries: [[1, 2, NaN]] });
    await expect(tenxMtxReader.open(nan, {})).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('cell AAAT-1, gene Gapdh'),
    });
    const negative = await make({ ...small, field: 'real', entries: [[1, 2, -1.5]] });
    expect(await tenxMtxReader.inspect(negative, {})).toMatchObject({
      valueKind: 'real',
      warnings: [expect.stringContaining('negative')],
    });
    await expect(rowsOf(negative, { values: 'counts' })).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('cell AAAT-1, gene Gapdh'),
      remedy: expect.stringContaining('values=real'),
    });
  });

  it('tells truncated files, gzipped or not, with the line', async () => {
    const entries = Array.from({ length: 5000 }, (_, i): [number, number, number] => [
      i % 3,
      Math.floor(i / 3) % 3,
      1 + (i % 7),
    ]);
    const path = await make({ ...small, entries, gzip: true });
    const { readFile } = await import('node:fs/promises');
    const whole = await readFile(join(path, 'matrix.mtx.gz'));
    await writeFile(join(path, 'matrix.mtx.gz'), whole.subarray(0, whole.length * 0.7));
    await expect(tenxMtxReader.open(path, {})).rejects.toMatchObject({
      code: 'truncated-file',
      message: expect.stringMatching(/stops at line [\d,]+ of 5,002/),
    });
    await expect(tenxMtxReader.inspect(path, {})).rejects.toMatchObject({ code: 'truncated-file' });
    whole[Math.floor(whole.length / 2)] ^= 0xff;
    await writeFile(join(path, 'matrix.mtx.gz'), whole);
    await expect(tenxMtxReader.open(path, {})).rejects.toMatchObject({
      code: expect.stringMatching(/bad-file|truncated-file/),
    });
  });

  it('names the list that is missing, short or too long', async () => {
    const path = await make(small);
    await writeFile(join(path, 'barcodes.tsv'), 'AAAC-1\n');
    await expect(tenxMtxReader.open(path, {})).rejects.toMatchObject({
      code: 'truncated-file',
      message: 'barcodes.tsv has 1 line, but matrix.mtx has 3 cells.',
    });
    await writeFile(join(path, 'barcodes.tsv'), 'a\nb\nc\nd\ne\nf\n');
    await expect(tenxMtxReader.open(path, {})).rejects.toMatchObject({ code: 'bad-file' });
    await rm(join(path, 'features.tsv'));
    await expect(tenxMtxReader.open(path, {})).rejects.toMatchObject({
      message: expect.stringContaining('There is no features.tsv'),
    });
  });

  it('takes a heading in a list for what it is', async () => {
    const path = await make(small);
    await writeFile(join(path, 'barcodes.tsv'), 'barcode\nAAAC-1\nAAAG-1\nAAAT-1\n');
    const source = await tenxMtxReader.open(path, {});
    expect(source.obs.names).toEqual(small.cells);
    expect(source.provenance['warnings']).toEqual([expect.stringContaining('heading')]);
  });

  it('stops when it is cancelled', async () => {
    const path = await make(small);
    const signal = AbortSignal.abort();
    await expect(tenxMtxReader.open(path, {}, { signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
