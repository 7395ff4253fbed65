import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gemReader } from '../gem/gem-reader.ts';
import { collectRows } from '../testing/collect-matrix.ts';
import { writeHdf5 } from '../testing/write-hdf5.ts';
import type { GroupSpec, Hdf5Spec } from '../testing/write-hdf5.ts';
import { gefReader } from './gef-reader.ts';

let folder: string;
let next = 0;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-gef-'))));
afterAll(async () => await rm(folder, { recursive: true }));

type Line = [gene: string, x: number, y: number, count: number, exon?: number];

const lines: Line[] = [
  ['Afp', 0, 3, 2, 1],
  ['Afp', 12, 3, 300, 300],
  ['Alb', 1, 0, 1, 0],
  ['Alb', 3, 27, 7, 5],
  ['Gapdh', 5, 5, 3, 3],
];

/** A square-bin file with bin 1 and, summed up here, bin 10. */
function squareBins(schema: 2 | 4, min = { x: 0, y: 0 }): GroupSpec {
  const group = (size: number): Hdf5Spec => {
    const sums = new Map<string, Line>();
    for (const [gene, x, y, count, exon = 0] of lines) {
      const place: Line = [gene, Math.floor(x / size) * size, Math.floor(y / size) * size, 0, 0];
      const line = sums.get(place.join()) ?? place;
      sums.set(place.join(), line);
      line[3] += count;
      line[4]! += exon;
    }
    const all = [...sums.values()];
    const genes = [...new Set(all.map(([gene]) => gene))];
    const perGene = genes.map((gene) => all.filter((line) => line[0] === gene).length);
    const names: [string, string[]][] =
      schema === 2
        ? [['gene', genes]]
        : [
            ['geneID', genes.map((_, i) => `E${i}`)],
            ['geneName', genes],
          ];
    return {
      children: {
        expression: {
          columns: new Map([
            ['x', all.map((line) => line[1])],
            ['y', all.map((line) => line[2])],
            ['count', all.map((line) => line[3])],
          ]),
          types: [
            ['x', '<i'],
            ['y', '<i'],
            ['count', '<H'],
          ],
          attrs: { minX: min.x, minY: min.y, resolution: 500 },
        },
        exon: { data: all.map((line) => line[4] ?? 0) },
        gene: {
          columns: new Map<string, number[] | string[]>([
            ...names,
            ['offset', perGene.map((_, i) => perGene.slice(0, i).reduce((a, b) => a + b, 0))],
            ['count', perGene],
          ]),
          types: [...names.map(([name]): [string, string] => [name, 'S64']), ['offset', '<I'], ['count', '<I']],
        },
      },
    };
  };
  return { attrs: { version: schema }, children: { geneExp: { children: { bin1: group(1), bin10: group(10) } } } };
}

const cellbin: GroupSpec = {
  attrs: { version: 2, offsetX: 100, offsetY: 0, resolution: 500 },
  children: {
    cellBin: {
      children: {
        cell: {
          columns: new Map<string, number[]>([
            ['id', [7, 9, 4]],
            ['x', [10, 30, 50]],
            ['y', [20, 20, 20]],
            ['offset', [0, 0, 2]],
            ['geneCount', [2, 0, 1]],
            ['area', [50, 60, 70]],
            ['cellTypeID', [1, 0, 1]],
          ]),
          types: ['id', 'x', 'y', 'offset', 'geneCount', 'area', 'cellTypeID'].map((name) => [name, '<I']),
        },
        cellExp: {
          columns: new Map([
            ['geneID', [0, 1, 1]],
            ['count', [5, 2, 9]],
          ]),
          types: [
            ['geneID', '<I'],
            ['count', '<H'],
          ],
        },
        gene: { columns: new Map([['geneName', ['Alb', 'Afp']]]), types: [['geneName', 'S32']] },
        cellTypeList: { data: ['neuron', 'glia'] },
        cellBorder: {
          data: [
            [-2, -2, 2, -2, 0, 3],
            [127, 127, 127, 127, 127, 127],
            [-1, 0, 1, 0, 127, 127],
          ].flat(),
          shape: [3, 3, 2],
          dtype: '<i1',
        },
      },
    },
  },
};

const make = async (spec: GroupSpec): Promise<string> => {
  const path = join(folder, `chip-${next++}.gef`);
  await writeHdf5(path, spec);
  return path;
};

const read = async (path: string, options: Record<string, string> = {}) => {
  const source = await gefReader.open(path, options);
  try {
    return { ...source, rows: await collectRows(source.matrices[0].chunks(), source.nVar) };
  } finally {
    source.close();
  }
};

describe('square-bin .gef', () => {
  it.each([2, 4] as const)(
    'of schema %d has the bins of the same chip as .gem, stored or summed up',
    async (schema) => {
      const path = await make(squareBins(schema));
      const gem = join(folder, 'same.gem');
      const ids = [...new Set(lines.map(([gene]) => gene))];
      await writeFile(
        gem,
        schema === 2
          ? `geneID\tx\ty\tMIDCount\n${lines.map((line) => `${line.slice(0, 4).join('\t')}\n`).join('')}`
          : `geneID\tgeneName\tx\ty\tMIDCount\n${lines.map((line) => `E${ids.indexOf(line[0])}\t${line.slice(0, 4).join('\t')}\n`).join('')}`,
      );
      for (const bin of ['1', '7', '10', '20', '50']) {
        const found = await read(path, { bin });
        const source = await gemReader.open(gem, { bin });
        expect(found.rows).toEqual(await collectRows(source.matrices[0].chunks(), source.nVar));
        expect(found.obs).toEqual(source.obs);
        expect(found.var).toEqual(source.var);
        expect(found.obsm).toEqual(source.obsm);
        source.close();
      }
      expect(await gefReader.inspect(path, { bin: '10' })).toMatchObject({
        nObs: 3,
        nVar: 3,
        nnz: 5,
        version: String(schema),
      });
    },
  );

  it('adds the place of the first spot where coordinates begin at 0', async () => {
    const shifted = await read(await make(squareBins(4, { x: 9601, y: 300 })), { bin: '10' });
    expect(shifted.obs.names[0]).toBe('9601_300');
    expect([...shifted.obsm[0].values.slice(0, 2)]).toEqual([9606, 305]);
  });

  it('makes every multiple of a size that the file holds, and no other', async () => {
    const spec = squareBins(2);
    const bins = (spec.children['geneExp'] as GroupSpec).children;
    const [fine, coarse] = [bins['bin1'], bins['bin10']];
    spec.children['geneExp'] = { children: { bin10: coarse, bin4: fine } };
    const path = await make(spec);
    expect((await gefReader.inspect(path, {})).choices[0].options.map(({ value }) => value)).toEqual([
      '4',
      '10',
      '20',
      '50',
      '100',
      '200',
    ]);
    expect((await read(path, { bin: '10' })).rows).toEqual((await read(await make(squareBins(2)), { bin: '10' })).rows);
    await expect(gefReader.open(path, { bin: '15' })).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('squares of 4, 10 DNB'),
    });
  });

  it('takes counts in exons when asked', async () => {
    const { rows } = await read(await make(squareBins(4)), { bin: '50', counts: 'exon' });
    expect(rows).toEqual([[301, 5, 3]]);
  });

  it('says what is wrong with a table that does not fit', async () => {
    const spec = squareBins(2);
    const bins = (spec.children['geneExp'] as GroupSpec).children;
    const genes = ((bins['bin1'] as GroupSpec).children['gene'] as { columns: Map<string, number[]> }).columns;
    genes.set('count', [2, 2, 9]);
    await expect(gefReader.open(await make(spec), {})).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringMatching(/contradicts itself at geneExp\/bin1: its genes have 13 rows, but there are 5/),
    });
    const empty = { children: { geneExp: { children: {} } } };
    await expect(gefReader.open(await make(empty), {})).rejects.toThrow(/neither square bins .* nor segmented cells/);
  });

  it('is found by content, and a cut one is told', async () => {
    const path = await make(squareBins(2));
    expect(await gefReader.sniff(path)).toBe(true);
    const cut = join(folder, 'cut.gef');
    const bytes = await readFile(path);
    await writeFile(cut, bytes.subarray(0, bytes.length / 2));
    await expect(gefReader.open(cut, {})).rejects.toMatchObject({ code: 'truncated-file' });
  });
});

describe('cellbin .gef', () => {
  it('has cells × genes, annotations, places and outlines', async () => {
    const { obs, var: genes, rows, obsm, spatial } = await read(await make(cellbin));
    expect(obs.names).toEqual(['7', '9', '4']);
    expect(genes.names).toEqual(['Alb', 'Afp']);
    expect(rows).toEqual([
      [5, 2],
      [0, 0],
      [0, 9],
    ]);
    expect([...obsm[0].values]).toEqual([110, 20, 130, 20, 150, 20]);
    expect(obs.columns).toContainEqual({ kind: 'numeric', name: 'area', values: Float64Array.of(50, 60, 70) });
    expect(obs.columns.find(({ name }) => name === 'cell_type')).toMatchObject({
      codes: Int32Array.of(1, 0, 1),
      categories: ['neuron', 'glia'],
    });
    expect(spatial?.borders).toEqual({
      offsets: Uint32Array.of(0, 3, 3, 5),
      vertices: Float32Array.of(108, 18, 112, 18, 110, 23, 149, 20, 151, 20),
    });
  });

  it('stands beside square bins as a choice', async () => {
    const both = { ...squareBins(4), children: { ...squareBins(4).children, ...cellbin.children } };
    const path = await make(both);
    expect((await gefReader.inspect(path, {})).choices.map(({ key }) => key)).toEqual(['matrix', 'bin', 'counts']);
    expect((await read(path, { bin: '10' })).nObs).toBe(3);
    const cells = await read(path, { matrix: 'cells' });
    expect([cells.nObs, cells.nVar]).toEqual([3, 2]);
  });

  it('refuses entries that do not add up', async () => {
    const spec = structuredClone(cellbin);
    const cells = (spec.children['cellBin'] as GroupSpec).children['cell'] as { columns: Map<string, number[]> };
    cells.columns.set('geneCount', [2, 0, 2]);
    await expect(gefReader.open(await make(spec), {})).rejects.toThrow(/contradicts itself at cellBin/);
  });
});
