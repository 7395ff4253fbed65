import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { delimitedTable } from './delimited-table.ts';
import { fitLabels, joinLabels, readLabels } from './labels.ts';
import { typedColumn } from './typed-column.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-labels-'))));
afterAll(async () => await rm(folder, { recursive: true }));

async function table(content: string | Buffer, name = 'labels.csv') {
  const path = join(folder, name);
  await writeFile(path, content);
  return await readLabels(path);
}

const obs = ['AAAC-1', 'AAAG-1', 'AAAT-1'];

describe('delimitedTable', () => {
  it('reads back any table that was quoted', () => {
    const field = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\0', '').replaceAll('\r', ''));
    const rows = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      );
    fc.assert(
      fc.property(rows, fc.constantFrom(',', '\t', ';'), (expected, delimiter) => {
        const text = expected
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter))
          .join('\n');
        expect(delimitedTable('t.csv', text)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('answers junk with a LacunaError, never with anything else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        try {
          delimitedTable('t.csv', text);
        } catch (error) {
          expect(error).toBeInstanceOf(LacunaError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('names the line of a broken quotation', () => {
    expect(() => delimitedTable('t.csv', 'a,b\n1,"2\n')).toThrow(/t\.csv, line \d+: a quotation mark/);
  });
});

describe('labels', () => {
  it('joins by barcode, in the order of the observations', async () => {
    const fit = fitLabels(obs, await table('barcode,cell_type,depth\nAAAT-1,"T, naive",3\nAAAC-1,B,1\nGGGG-1,B,9\n'));
    expect(fit).toMatchObject({
      matched: 2,
      withoutSuffix: false,
      unmatchedLabels: ['GGGG-1'],
      unlabelledObs: ['AAAG-1'],
      duplicateLabels: 0,
    });
    expect(fit.columns).toEqual([
      {
        kind: 'categorical',
        name: 'cell_type',
        codes: Int32Array.of(0, -1, 1),
        categories: ['B', 'T, naive'],
        ordered: false,
      },
      { kind: 'numeric', name: 'depth', values: Float64Array.of(1, NaN, 3) },
    ]);
  });

  it('finds the barcodes in any column, without a heading, with tabs, gzipped', async () => {
    const fit = fitLabels(obs, await table(gzipSync('B\tAAAC-1\nT\tAAAG-1\nT\tAAAT-1\n'), 'labels.tsv.gz'));
    expect(fit.columns).toEqual([
      { kind: 'categorical', name: 'label', codes: Int32Array.of(0, 1, 1), categories: ['B', 'T'], ordered: false },
    ]);
  });

  it("reads R's row names, which have no heading", async () => {
    const fit = fitLabels(obs, await table('"type" "n"\n"AAAC-1" "B" 1\n"AAAG-1" "T" 2\n"AAAT-1" "T" 3\n', 'r.txt'));
    expect(fit.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['type', 'categorical'],
      ['n', 'numeric'],
    ]);
    expect(fit.matched).toBe(3);
  });

  it('leaves out the suffix of either side where that stays unique', async () => {
    const bare = await table('barcode,type\nAAAC,B\nAAAG,T\nAAAT,T\n');
    expect(fitLabels(obs, bare)).toMatchObject({ matched: 3, withoutSuffix: true });
    expect(fitLabels(['AAAC', 'AAAG'], await table('barcode,type\nAAAC-1,B\nAAAG-1,T\n'))).toMatchObject({
      matched: 2,
    });
    // Two wells with the same barcode: the bare one could be either.
    expect(fitLabels(['AAAC-1', 'AAAC-2', 'AAAG-1'], bare)).toMatchObject({ matched: 1 });
    // Another well is another cell.
    expect(fitLabels(['AAAC-2'], await table('barcode,type\nAAAC-1,B\n'))).toMatchObject({ matched: 0 });
  });

  it('keeps the first of two lines with one barcode', async () => {
    const fit = fitLabels(obs, await table('barcode,type\nAAAC-1,B\nAAAC-1,T\n'));
    expect(fit).toMatchObject({ matched: 1, duplicateLabels: 1, columns: [{ categories: ['B'] }] });
  });

  it('adds columns to a dataset, and never hides one that is there', async () => {
    const source = { nObs: 3, obs: { names: obs, columns: [typedColumn('type', ['x', 'x', 'y'])] } };
    const joined = joinLabels(source, await table('barcode,type\nAAAC-1,B\n'));
    expect(joined).toMatchObject({
      columns: ['type (labels.csv)'],
      matched: 1,
      nObs: 3,
      missingFromFile: ['AAAG-1', 'AAAT-1'],
      missingFromDataset: [],
    });
    expect(source.obs.columns.map(({ name }) => name)).toEqual(['type', 'type (labels.csv)']);
  });

  it('refuses labels of another dataset, and files that are no tables', async () => {
    const source = { nObs: 3, obs: { names: obs, columns: [] } };
    const foreign = await table('barcode,type\nTTTT-1,B\n');
    expect(() => joinLabels(source, foreign)).toThrow(/No barcode of labels.csv.*AAAC-1/);
    await expect(table('')).rejects.toMatchObject({ code: 'bad-file' });
    await expect(table('AAAC-1\nAAAG-1\n')).rejects.toMatchObject({
      message: expect.stringContaining('one column only'),
    });
    await expect(table(Buffer.of(0, 1, 2, 3))).rejects.toMatchObject({ code: 'bad-file' });
    await expect(readLabels(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('typedColumn', () => {
  it.each([
    [
      'seurat_clusters',
      ['0', '10', '2', 'NA'],
      { kind: 'categorical', categories: ['0', '2', '10'], codes: Int32Array.of(0, 2, 1, -1) },
    ],
    ['n_counts', ['1', '2', '', '4e2'], { kind: 'numeric', values: Float64Array.of(1, 2, NaN, 400) }],
    ['note', Array.from({ length: 30 }, (_, i) => `note ${i}`), { kind: 'string' }],
    ['empty', ['', 'NA', 'nan'], { kind: 'categorical', categories: [], codes: Int32Array.of(-1, -1, -1) }],
  ])('%s', (name, texts, expected) => {
    expect(typedColumn(name, texts)).toMatchObject(expected);
  });
});
