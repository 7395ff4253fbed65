import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellNumber, cellText } from '../row-batch.ts';
import golden from './parquet.golden.json' with { type: 'json' };
import { openParquet } from './parquet-table.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-parquet-'))));
afterAll(async () => await rm(folder, { recursive: true }));

async function write(name: string, content: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
const bytesOf = (codec: string) => Buffer.from(golden.files[codec as keyof typeof golden.files], 'base64');

describe('openParquet', () => {
  it.each(Object.keys(golden.files))('reads what Arrow wrote with compression %s', async (codec) => {
    const table = await openParquet(await write(`${codec}.parquet`, bytesOf(codec)));
    expect(table.names).toEqual(Object.keys(golden.columns));
    const read = table.names.map((): unknown[] => []);
    let batches = 0;
    let last = 0;
    for await (const { nRows, columns, fraction } of table.batches(table.names)) {
      batches++;
      last = fraction;
      columns.forEach((values, c) => {
        expect(values.length).toBe(nRows);
        read[c].push(...Array.from(values));
      });
    }
    expect([batches, last]).toEqual([2, 1]);
    const { columns } = golden;
    expect(read[0].map(cellText)).toEqual(columns.barcode);
    expect(read[1].map(cellNumber)).toEqual(columns.in_tissue.map(Number));
    expect(read[2].map(cellNumber)).toEqual(columns.array_row);
    expect(read[3].map(cellNumber)).toEqual(columns.count.map((value) => value ?? NaN));
    expect(read[4].map(cellNumber)).toEqual(columns.pxl_row_in_fullres);
    expect(read[5].map(cellText)).toEqual(columns.method);
  });

  it('reads the columns that are asked for, in that order', async () => {
    const table = await openParquet(await write('some.parquet', bytesOf('snappy')));
    for await (const { columns } of table.batches(['array_row', 'barcode'])) {
      expect(columns).toHaveLength(2);
      expect(columns[0][0]).toBeTypeOf('number');
      expect(columns[1][0]).toBeTypeOf('string');
    }
  });

  it('tells foreign, cut and damaged files', async () => {
    await expect(openParquet(await write('text.parquet', Buffer.from('barcode,in_tissue\n')))).rejects.toMatchObject({
      code: 'bad-file',
      message: 'text.parquet is not a Parquet file.',
    });
    const whole = bytesOf('snappy');
    await expect(openParquet(await write('cut.parquet', whole.subarray(0, 900)))).rejects.toMatchObject({
      code: 'truncated-file',
    });
    let complaints = 0;
    for (let at = 8; at + 24 < whole.length - 8; at += 61) {
      const damaged = Buffer.from(whole);
      damaged.fill(0xa5, at, at + 24);
      const path = await write('damaged.parquet', damaged);
      try {
        const table = await openParquet(path);
        for await (const { nRows } of table.batches(table.names)) expect(nRows).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toMatchObject({ name: 'LacunaError', remedy: expect.stringContaining('copy it again') });
        complaints++;
      }
    }
    expect(complaints).toBeGreaterThan(0);
    await expect(openParquet(join(folder, 'nothing.parquet'))).rejects.toMatchObject({ code: 'not-found' });
  });
});
