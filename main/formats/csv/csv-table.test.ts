import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCsv } from './csv-table.ts';
import { splitLine } from './split-line.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-csv-'))));
afterAll(async () => await rm(folder, { recursive: true }));

async function read(content: string | Buffer, wanted: string[], names?: string[]): Promise<string[][]> {
  const path = join(folder, 'table.csv');
  await writeFile(path, content);
  const rows: string[][] = [];
  for await (const { nRows, columns } of (await openCsv(path, names)).batches(wanted))
    for (let i = 0; i < nRows; i++) rows.push(columns.map((column) => String(column[i])));
  return rows;
}

describe('openCsv', () => {
  it('reads columns by name, gzipped or not, with any end of line', async () => {
    const text = '"cell_id","x","y"\r\n"a-1",1.5,2\r\n"b-1",,3';
    for (const content of [text, gzipSync(text)])
      expect(await read(content, ['y', 'cell_id'])).toEqual([
        ['2', 'a-1'],
        ['3', 'b-1'],
      ]);
  });

  it('takes the names it is given where there is no heading', async () => {
    const names = ['barcode', 'in_tissue'];
    expect(await read('AAAC-1,1\nAAAG-1,0\n', names, names)).toEqual([
      ['AAAC-1', '1'],
      ['AAAG-1', '0'],
    ]);
    expect(await read('barcode,in_tissue\nAAAC-1,1\n', names, names)).toEqual([['AAAC-1', '1']]);
  });

  it('reads a table of many pieces', async () => {
    const lines = Array.from({ length: 150_000 }, (_, i) => `cell${i},${i},${i * 2}`);
    const rows = await read(`id,a,b\n${lines.join('\n')}\n`, ['id', 'b']);
    expect(rows).toHaveLength(150_000);
    expect(rows[149_999]).toEqual(['cell149999', '299998']);
  });

  it('names the line that is too short', async () => {
    await expect(read('a,b,c\n1,2,3\n4,5\n', ['c'])).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('line 3: 2 fields where 3 were expected'),
    });
    await expect(read('', ['c'])).rejects.toMatchObject({ code: 'truncated-file' });
  });
});

describe('splitLine', () => {
  it.each([
    ['a,b,,c', ['a', 'b', '', 'c']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",1,', ['say "hi"', '1', '']],
    ['', ['']],
    ['"x"', ['x']],
    ['1,""', ['1', '']],
  ])('%s', (line, fields) => expect(splitLine(line)).toEqual(fields));
});
