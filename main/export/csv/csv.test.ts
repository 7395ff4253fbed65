import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DENOISED, smallSource } from '../fixtures/small-source.ts';
import { float32Text } from '../number-text.ts';
import { delimitedLine } from './delimited.ts';
import { writeMatrixCsv } from './write-matrix-csv.ts';
import { writeObsTable } from './write-obs-table.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-csv-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('delimitedLine', () => {
  it('is read back by a CSV parser whatever the fields hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2 }),
        fc.constantFrom('csv' as const, 'tsv' as const),
        (fields, kind) => {
          const [read] = parse(`${delimitedLine(fields, kind)}\n`, {
            delimiter: kind === 'csv' ? ',' : '\t',
            record_delimiter: '\n',
          }) as string[][];
          expect(read).toEqual(fields);
        },
      ),
    );
  });
});

describe('float32Text', () => {
  it('reads back as the same float32', () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        (x) => Math.fround(Number(float32Text(x))) === (x === 0 ? 0 : x),
      ),
    );
  });

  it('is as short as can be', () => {
    expect([0.1, 1e-8, 1234567, 0.3, -2.5].map((x) => float32Text(Math.fround(x)))).toEqual([
      '0.1',
      '1e-8',
      '1234567',
      '0.3',
      '-2.5',
    ]);
  });
});

describe('writeMatrixCsv', () => {
  it('writes dense and sparse matrices', async () => {
    for (const [matrix, rows] of [
      ['X', DENOISED],
      ['counts', [[1, 0, 0, 3]]],
    ] as const) {
      const path = join(folder, `${matrix}.csv.gz`);
      await writeMatrixCsv(path, smallSource(), { matrix });
      const table = parse(gunzipSync(readFileSync(path))) as string[][];
      expect(table[0]).toEqual(['barcode', 'GAPDH', 'ACTB', 'LYZ', 'CD3']);
      expect(table[5][0]).toBe('ÄÖ,"x"');
      rows.forEach((row, i) =>
        expect(table[i + 1].slice(1).map((text) => Math.fround(Number(text)))).toEqual(row.map(Math.fround)),
      );
    }
  });

  it('refuses what is too large for text, and says what to take instead', async () => {
    const path = join(folder, 'x.csv');
    await expect(writeMatrixCsv(path, smallSource(), { maxValues: 19 })).rejects.toThrow(
      '5 cells × 4 genes are 20 values',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('writeObsTable', () => {
  const { obs, obsm } = smallSource();
  const arrays = [{ name: 'latent', nDim: 3, values: obsm[0].values }];

  it('writes barcodes, columns and dimensions', async () => {
    const path = join(folder, 'x.csv');
    const result = await writeObsTable(path, obs.names, obs.columns, arrays);
    expect(result.nValues).toBe(5 * 8);
    const table = parse(readFileSync(path)) as string[][];
    expect(table[0]).toEqual([
      'barcode',
      'cell_type',
      'stage',
      'n_counts',
      'share',
      'note/free',
      'latent_1',
      'latent_2',
      'latent_3',
    ]);
    expect(table[2]).toEqual(['AAAG-1', 'Tα, "quoted"', 'E15', '2', '', '', '0.375', '0.5', '0.625']);
    expect(table[3][5]).toBe('line\nbreak');
  });

  it('writes the same as JSON, an array per field', async () => {
    const path = join(folder, 'x.json');
    await writeObsTable(path, obs.names, obs.columns, arrays, { format: 'json' });
    const table = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown[]>;
    expect(table['cell_type']).toEqual(['B cell', 'Tα, "quoted"', null, 'Tα, "quoted"', 'B cell']);
    expect(table['share']).toEqual([0.1, null, 0, 1 / 3, 1]);
    expect(table['latent_2']).toEqual([0.125, 0.5, 0.875, 1.25, 1.625]);
  });
});
