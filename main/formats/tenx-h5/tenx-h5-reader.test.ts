import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkEntries } from '../cleaning/chunk-builder.ts';
import { checkedChunks, collectRows } from '../testing/collect-matrix.ts';
import { writeHdf5 } from '../testing/write-hdf5.ts';
import type { DatasetSpec, GroupSpec } from '../testing/write-hdf5.ts';
import { tenxH5Reader } from './tenx-h5-reader.ts';

let folder: string;
let next = 0;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-tenx-'))));
afterAll(async () => await rm(folder, { recursive: true }));

async function make(spec: GroupSpec): Promise<string> {
  const path = join(folder, `made-${next++}.h5`);
  await writeHdf5(path, spec);
  return path;
}

/** Three cells: genes 2 and 0 (unsorted), nothing, then gene 1 twice and a zero. */
const csr = { data: [4, 1, 2, 3, 0], indices: [2, 0, 1, 1, 2], indptr: [0, 2, 2, 5] };
const rows = [
  [1, 0, 4],
  [0, 0, 0],
  [0, 5, 0],
];

function matrixDatasets(values: number[] = csr.data, dtype = '<i4'): Record<string, DatasetSpec> {
  return {
    data: { data: values, dtype, gzip: true, chunks: [2] },
    indices: { data: csr.indices, dtype: '<i8', gzip: true, chunks: [2] },
    indptr: { data: csr.indptr, dtype: '<i8' },
    shape: { data: [3, 3] },
    barcodes: { data: ['AAAC-1', 'AAAG-1', 'AAAT-1'] },
  };
}

function version3(
  more: Record<string, DatasetSpec | GroupSpec> = {},
  matrix: Record<string, DatasetSpec> = matrixDatasets(),
): GroupSpec {
  return {
    attrs: { chemistry_description: "Single Cell 3' v3", software_version: 'cellranger-7.0.0' },
    children: {
      matrix: {
        children: {
          ...matrix,
          features: {
            children: {
              id: { data: ['E0', 'E1', 'E2'] },
              name: { data: ['Alb', 'Alb', ''] },
              feature_type: { data: ['Gene Expression', 'Gene Expression', 'Gene Expression'] },
              genome: { data: ['mm10', 'mm10', 'mm10'] },
              ...more,
            },
          },
        },
      },
    },
  };
}

describe('tenxH5Reader', () => {
  it('reads version 3: sorts, sums duplicates, drops zeros, makes names unique', async () => {
    const path = await make(version3());
    expect(await tenxH5Reader.sniff(path)).toBe(true);
    expect(await tenxH5Reader.inspect(path, {})).toMatchObject({
      title: "Cell Ranger 3 .h5, Single Cell 3' v3",
      version: 'cellranger-7.0.0',
      nObs: 3,
      nVar: 3,
      nnz: 4,
      valueKind: 'counts',
    });
    const source = await tenxH5Reader.open(path, {});
    expect(source.var.names).toEqual(['Alb', 'Alb-1', 'E2']);
    expect(source.var.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'gene_id string',
      'feature_type categorical',
      'genome categorical',
      'original_name string',
    ]);
    expect(await collectRows(source.matrices[0].chunks(), 3)).toEqual(rows);
    source.close();
  });

  it('reads version 2 and lets one choose among genomes', async () => {
    const genome = (values: number[]): GroupSpec => ({
      children: {
        ...matrixDatasets(values),
        genes: { data: ['E0', 'E1', 'E2'] },
        gene_names: { data: ['Alb', 'Afp', 'Apoe'] },
      },
    });
    const path = await make({ children: { hg19: genome(csr.data), mm10: genome([9, 9, 9, 9, 9]) } });
    const inspection = await tenxH5Reader.inspect(path, {});
    expect(inspection.choices[0]).toMatchObject({ key: 'genome', kind: 'one-of', default: 'hg19' });
    const source = await tenxH5Reader.open(path, { genome: 'mm10' });
    expect((await collectRows(source.matrices[0].chunks(), 3))[0]).toEqual([9, 0, 9]);
    source.close();
    await expect(tenxH5Reader.open(path, { genome: 'rn6' })).rejects.toMatchObject({
      code: 'bad-option',
      remedy: 'The values are: hg19, mm10.',
    });
    await expect(tenxH5Reader.open(path, { genom: 'mm10' })).rejects.toMatchObject({
      code: 'bad-option',
      remedy: 'The choices are: genome, values.',
    });
  });

  it('imports genes with their proteins beside them, or what is asked for', async () => {
    const path = await make(
      version3({
        feature_type: { data: ['Gene Expression', 'Antibody Capture', 'Gene Expression'] },
        genome: { data: ['mm10', '', 'hg19'] },
        name: { data: ['Alb', 'CD3', 'APOE'] },
      }),
    );
    const read = async (options: Record<string, string>) => {
      const source = await tenxH5Reader.open(path, options);
      const read = await collectRows(source.matrices[0].chunks(), source.nVar);
      const proteins = await Promise.all(
        (source.modalities ?? []).map(({ var: { names }, matrix }) => collectRows(matrix.chunks(), names.length)),
      );
      source.close();
      return { names: source.var.names, read, proteins };
    };
    const proteins = [rows.map(([, b]) => [b])];
    expect(await read({})).toEqual({ names: ['Alb', 'APOE'], read: rows.map(([a, , c]) => [a, c]), proteins });
    expect(await read({ genome: 'mm10' })).toEqual({ names: ['Alb'], read: rows.map(([a]) => [a]), proteins });
    expect(await read({ features: 'Gene Expression' })).toMatchObject({ names: ['Alb', 'APOE'], proteins: [] });
    expect(await read({ features: 'Antibody Capture' })).toEqual({ names: ['CD3'], read: proteins[0], proteins: [] });
    expect(await tenxH5Reader.inspect(path, {})).toMatchObject({ nVar: 2, nnz: 2 });
  });

  it('reads probe-level files: the gene of each probe is kept beside it', async () => {
    const path = await make(
      version3({
        gene_id: { data: ['G0', 'G0', 'G1'] },
        gene_name: { data: ['Alb', 'Alb', 'Apoe'] },
        probe_region: { data: ['spliced', 'unspliced', 'spliced'] },
      }),
    );
    const source = await tenxH5Reader.open(path, {});
    const column = (name: string) => source.var.columns.find((one) => one.name === name);
    expect(column('gene_id')).toMatchObject({ values: ['G0', 'G0', 'G1'] });
    expect(column('probe_id')).toMatchObject({ values: ['E0', 'E1', 'E2'] });
    expect(column('probe_region')).toBeDefined();
    source.close();
  });

  it('cuts large matrices into chunks of about 2 MiB', async () => {
    const nObs = 700;
    const perObs = 1000;
    const indices = Array.from({ length: nObs * perObs }, (_, i) => i % perObs);
    const path = await make({
      children: {
        matrix: {
          children: {
            data: { data: indices.map((i) => 1 + (i % 5)), gzip: true, chunks: [10_007] },
            indices: { data: indices, gzip: true, chunks: [33_333] },
            indptr: { data: Array.from({ length: nObs + 1 }, (_, i) => i * perObs) },
            shape: { data: [perObs, nObs] },
            barcodes: { data: Array.from({ length: nObs }, (_, i) => `cell${i}`) },
            features: { children: { id: { data: Array.from({ length: perObs }, (_, i) => `gene${i}`) } } },
          },
        },
      },
    });
    const source = await tenxH5Reader.open(path, {});
    const sizes: number[] = [];
    let sum = 0;
    for await (const chunk of checkedChunks(source.matrices[0].chunks(), perObs)) {
      sizes.push(chunk.values.length);
      sum += chunk.values.reduce((a, b) => a + b, 0);
    }
    source.close();
    expect(sum).toBe(indices.reduce((total, i) => total + 1 + (i % 5), 0));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(chunkEntries);
    expect(sizes).toHaveLength(3);
  });

  it('tells counts from other values, and names the place of impossible ones', async () => {
    const values = async (data: number[]) => await make(version3({}, matrixDatasets(data, '<f8')));
    expect(await tenxH5Reader.inspect(await values([1, 2, 3, 4, 5]), {})).toMatchObject({ valueKind: 'counts' });
    expect(await tenxH5Reader.inspect(await values([1, 2, 3.5, 4, 5]), {})).toMatchObject({ valueKind: 'nonnegative' });
    expect(await tenxH5Reader.inspect(await values([1, -2, 3, 4, 5]), {})).toMatchObject({ valueKind: 'real' });
    await expect(tenxH5Reader.inspect(await values([1, 2, 3, NaN, 5]), {})).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('cell AAAT-1, gene Alb'),
      details: { cell: 'AAAT-1' },
    });
    await expect(tenxH5Reader.open(await values([1, 2, 3, Infinity, 5]), {})).rejects.toMatchObject({
      message: expect.stringContaining('is infinite'),
    });
  });

  it.each([
    ['no barcodes', { barcodes: undefined }, /lacks matrix\/barcodes/],
    ['too few barcodes', { barcodes: { data: ['A', 'B'] } }, /matrix\/barcodes has 2 entries where 3/],
    [
      'an index beyond the genes',
      { indices: { data: [2, 0, 1, 7, 2] } },
      /gene number 8 for cell AAAT-1.*only 3 genes/,
    ],
    ['offsets that go back', { indptr: { data: [0, 4, 2, 5] } }, /offset 2 is smaller/],
    ['offsets that end early', { indptr: { data: [0, 2, 2, 4] } }, /offsets end at 4 of 5/],
    ['values without indices', { data: { data: [1, 2, 3] } }, /3 values for 5 indices/],
    ['text as values', { data: { data: ['a', 'b', 'c', 'd', 'e'] } }, /string values at matrix\/data/],
  ])('says what is wrong with %s', async (_what, change, message) => {
    const datasets: Record<string, DatasetSpec | undefined> = { ...matrixDatasets(), ...change };
    const kept = Object.fromEntries(Object.entries(datasets).filter(([, value]) => value !== undefined)) as Record<
      string,
      DatasetSpec
    >;
    const path = await make(version3({}, kept));
    const read = async () => {
      const source = await tenxH5Reader.open(path, {});
      try {
        await collectRows(source.matrices[0].chunks(), source.nVar);
      } finally {
        source.close();
      }
    };
    await expect(read()).rejects.toMatchObject({
      name: 'LacunaError',
      code: 'bad-file',
      message: expect.stringMatching(message),
    });
  });

  it('tells a truncated and a damaged file', async () => {
    const whole = await readFile(await make(version3()));
    const path = join(folder, 'cut.h5');
    for (const share of [0.3, 0.6, 0.95]) {
      await writeFile(path, whole.subarray(0, Math.floor(whole.length * share)));
      await expect(tenxH5Reader.open(path, {})).rejects.toMatchObject({
        code: 'truncated-file',
        message: expect.stringMatching(/of [\d,]+ bytes/),
      });
    }
    let complaints = 0;
    for (let at = 600; at < whole.length; at += 97) {
      const damaged = Buffer.from(whole);
      damaged.fill(0xa5, at, Math.min(at + 64, whole.length));
      await writeFile(path, damaged);
      try {
        const source = await tenxH5Reader.open(path, {});
        await collectRows(source.matrices[0].chunks(), source.nVar).finally(() => source.close());
      } catch (error) {
        expect(error).toMatchObject({ name: 'LacunaError' });
        complaints++;
      }
    }
    expect(complaints).toBeGreaterThan(0);
  });

  it('stops when it is cancelled', async () => {
    const path = await make(version3());
    await expect(tenxH5Reader.open(path, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
