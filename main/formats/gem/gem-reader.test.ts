import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectRows } from '../testing/collect-matrix.ts';
import { gemReader } from './gem-reader.ts';

let folder: string;
let next = 0;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-gem-'))));
afterAll(async () => await rm(folder, { recursive: true }));

const make = async (content: string | Buffer): Promise<string> => {
  const path = join(folder, `chip-${next++}.gem`);
  await writeFile(path, content);
  return path;
};

const read = async (path: string, options: Record<string, string> = {}) => {
  const source = await gemReader.open(path, options);
  try {
    const rows = await collectRows(source.matrices[0].chunks(), source.nVar);
    return { ...source, rows, positions: [...source.obsm[0].values] };
  } finally {
    source.close();
  }
};

const body = 'Gapdh\t12\t3\t2\nAlb\t0\t0\t1\nAlb\t9\t9\t4\nGapdh\t5\t5\t3\nAlb\t3\t27\t7\n';
const plain = `geneID\tx\ty\tMIDCounts\n${body}`;

describe('.gem', () => {
  it('sums up in square bins, row by row, genes by name', async () => {
    const { obs, var: genes, rows, positions, spatial } = await read(await make(plain), { bin: '10' });
    expect(genes.names).toEqual(['Alb', 'Gapdh']);
    expect(obs.names).toEqual(['0_0', '10_0', '0_20']);
    expect(rows).toEqual([
      [5, 3],
      [0, 2],
      [7, 0],
    ]);
    expect(positions).toEqual([5, 5, 15, 5, 5, 25]);
    expect(spatial).toMatchObject({ obsm: 'spatial', micrometresPerUnit: 0.5, spotSize: 10, spotShape: 'square' });
  });

  it('reads gzipped files and every spelling of the header', async () => {
    const expected = (await read(await make(plain), { bin: '1' })).rows;
    for (const text of [
      gzipSync(plain),
      `#FileFormat=GEMv0.1\n#BinSize=1\n#OffsetX=0\n${plain}`,
      `geneID\tx\ty\tUMICount\n${body}`,
      `geneID\tx\ty\tMIDCount\tExonCount\n${body.replaceAll('\n', '\t1\n')}`,
    ])
      expect((await read(await make(text), { bin: '1' })).rows).toEqual(expected);
  });

  it('places bins of a file with offsets on the chip, without moving the grid', async () => {
    const { obs, positions, rows } = await read(await make(`#OffsetX=103\n#OffsetY=7\n${plain}`), { bin: '10' });
    expect(obs.names).toEqual(['103_7', '113_7', '103_27']);
    expect(positions.slice(0, 2)).toEqual([108, 12]);
    expect(rows[0]).toEqual([5, 3]);
  });

  it('names genes by geneName and keeps geneID; makes equal names unique', async () => {
    const text = 'geneID\tgeneName\tx\ty\tMIDCount\nE2\tAlb\t1\t1\t5\nE1\tAlb\t1\t1\t2\nE3\tAfp\t2\t1\t1\n';
    const source = await read(await make(text), { bin: '50' });
    expect(source.var.names).toEqual(['Alb', 'Alb-1', 'Afp']);
    expect(source.var.columns[0]).toEqual({ kind: 'string', name: 'gene_id', values: ['E1', 'E2', 'E3'] });
    expect(source.rows).toEqual([[2, 5, 1]]);
  });

  it('has the sums of a plain loop, whatever the order of the lines', async () => {
    const line = fc.tuple(
      fc.constantFrom('b', 'a', 'c'),
      fc.integer({ min: -40, max: 90 }),
      fc.nat(90),
      fc.nat(40_000),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        async (lines, bin) => {
          const sums = new Map<string, number>();
          for (const [gene, x, y, count] of lines) {
            const key = `${Math.floor(x / bin) * bin}_${Math.floor(y / bin) * bin} ${gene}`;
            if (count > 0) sums.set(key, (sums.get(key) ?? 0) + count);
          }
          const text = `geneID\tx\ty\tMIDCount\n${lines.map((one) => `${one.join('\t')}\n`).join('')}`;
          const source = await read(await make(text), { bin: String(bin) });
          const found = new Map<string, number>();
          source.rows.forEach((row, obs) =>
            row.forEach((value, gene) => {
              if (value > 0) found.set(`${source.obs.names[obs]} ${source.var.names[gene]}`, value);
            }),
          );
          expect(found).toEqual(sums);
          const y = source.positions.filter((_, i) => i % 2 === 1);
          expect(y).toEqual(y.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('sums up by cell and says what lies outside', async () => {
    const text =
      'geneID\tx\ty\tMIDCount\tcell\nAlb\t0\t0\t3\t20\nAlb\t4\t0\t1\t20\nAfp\t9\t9\t2\t3\nAfp\t50\t9\t6\t0\n';
    const source = await read(await make(text), { group: 'cells' });
    expect(source.obs.names).toEqual(['3', '20']);
    expect(source.rows).toEqual([
      [2, 0],
      [0, 4],
    ]);
    expect(source.positions).toEqual([9.5, 9.5, 1.5, 0.5]);
    expect(source.provenance['warnings']).toEqual([
      expect.stringMatching(/^6 molecules \(50 %\) lie outside of cells/),
    ]);
    const { choices } = await gemReader.inspect(await make(text), {});
    expect(choices.find(({ key }) => key === 'group')?.options[1].label).toMatch(/^Segmented cells: 2, /);
    await expect(read(await make(text.replaceAll(/\d+\n/g, '0\n')), { group: 'cells' })).rejects.toThrow(/No molecule/);
  });

  it('says at the inspection how many bins each size makes', async () => {
    const inspection = await gemReader.inspect(await make(plain), { bin: '7' });
    expect(inspection).toMatchObject({ nObs: 4, nVar: 2, nnz: 5, valueKind: 'counts', valuesSampled: 5 });
    const [choice] = inspection.choices;
    expect(choice).toMatchObject({ key: 'bin', kind: 'one-of-or-number', default: '50' });
    expect(choice.options.map(({ label }) => label.split(',')[0])).toEqual([
      '1 (0.5 µm): 5 bins',
      '10 (5 µm): 3 bins',
      '20 (10 µm): 2 bins',
      '50 (25 µm): 1 bin',
      '100 (50 µm): 1 bin',
      '200 (100 µm): 1 bin',
    ]);
  });

  it('refuses bins that a file of larger squares cannot make', async () => {
    const path = await make(`#BinSize=20\ngeneID\tx\ty\tMIDCount\nAlb\t20\t40\t3\n`);
    expect((await gemReader.inspect(path, {})).choices[0]).toMatchObject({
      default: '100',
      options: [{ value: '20' }, { value: '100' }, { value: '200' }],
    });
    await expect(gemReader.open(path, { bin: '50' })).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('squares of 20'),
    });
  });

  it('tells cut, empty and wrong files apart', async () => {
    const long = gzipSync(
      `geneID\tx\ty\tMIDCount\n${Array.from({ length: 5000 }, (_, i) => `G${i}\t${i}\t${i * 7}\t1\n`).join('')}`,
    );
    await expect(gemReader.open(await make(long.subarray(0, long.length - 2000)), {})).rejects.toMatchObject({
      code: 'truncated-file',
      message: expect.stringMatching(/is cut off .* after line \d/),
    });
    await expect(gemReader.open(await make('geneID\tx\ty\tMIDCount\n'), {})).rejects.toMatchObject({
      code: 'truncated-file',
      message: expect.stringContaining('holds no molecules'),
    });
    await expect(gemReader.open(await make('#FileFormat=GEMv0.1\ngeneID\tx\ty\nA\t1\t2\n'), {})).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringMatching(/no column MIDCount .* geneID, x, y/),
    });
  });

  it('is found by content', async () => {
    expect(await gemReader.sniff(await make(gzipSync(plain)))).toBe(true);
    expect(await gemReader.sniff(await make('gene,cell1,cell2\nAlb,1,2\n'))).toBe(false);
    expect(await gemReader.sniff(folder)).toBe(false);
  });

  it('stops when asked and leaves no temporary file', async () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => `G${i % 300}\t${i % 911}\t${(i * 7) % 977}\t1\n`).join('');
    const path = await make(`geneID\tx\ty\tMIDCount\n${lines}`);
    const scratchFolder = await mkdtemp(join(folder, 'scratch-'));
    const stop = new AbortController();
    const report = () => stop.abort();
    await expect(gemReader.open(path, {}, { signal: stop.signal, report, scratchFolder })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await readdir(scratchFolder)).toEqual([]);
    const source = await gemReader.open(path, { bin: '10' }, { scratchFolder });
    const later = new AbortController();
    const chunks = source.matrices[0].chunks(later.signal)[Symbol.asyncIterator]();
    await chunks.next();
    later.abort();
    await expect(chunks.next()).rejects.toMatchObject({ code: 'cancelled' });
    source.close();
    expect(await readdir(scratchFolder)).toEqual([]);
  });
});
