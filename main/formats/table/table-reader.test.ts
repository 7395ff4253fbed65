import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ImportOptions } from '../format-reader.ts';
import { collectRows } from '../testing/collect-matrix.ts';
import { chunksOfColumns, surveyCounts } from './counts-table.ts';
import { planTables } from './table-plan.ts';
import { tableReader } from './table-reader.ts';

let root: string;
let made = 0;
beforeAll(async () => (root = await mkdtemp(join(tmpdir(), 'lacuna-table-'))));
afterAll(async () => await rm(root, { recursive: true }));

/** A folder of its own with these files. */
async function folderWith(files: Record<string, string | Buffer>): Promise<string> {
  const folder = join(root, `set-${++made}`);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(resolve(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function imported(path: string, options: ImportOptions = {}) {
  const source = await tableReader.open(path, options);
  const rows = await collectRows(source.matrices[0].chunks(), source.nVar);
  return { ...source, rows };
}

const cells = 'cell,Actb,Gad1,Slc17a7\nAAACCCGGGTTT-1,1,0,2\nAAACCCGGGTTA-1,0,3,0\nAAACCCGGGTTC-1,0,0,4\n';
const genes = '"","AAACCCGGGTTT","AAACCCGGGTTA","AAACCCGGGTTC"\n"Actb",1,0,0\n"Gad1",0,3,0\n"Slc17a7",2,0,4\n';
const matrix = [
  [1, 0, 2],
  [0, 3, 0],
  [0, 0, 4],
];

describe('tableReader', () => {
  it('reads cells in rows and genes in rows to the same matrix, gzipped or not', async () => {
    for (const [name, content] of [
      ['a.csv', cells],
      ['b.tsv.gz', gzipSync(genes.replaceAll(',', '\t'))],
      ['c.txt', cells.replaceAll(',', ' ').replaceAll('\n', '\r\n')],
      ['d.csv', `\uFEFF${genes.replaceAll(',', ';')}`],
    ] as const) {
      const folder = await folderWith({ [name]: content });
      const found = await imported(join(folder, name));
      expect(found.rows).toEqual(matrix);
      expect(found.var.names).toEqual(['Actb', 'Gad1', 'Slc17a7']);
      expect(found.matrices[0].valueKind).toBe('counts');
      expect(found.obsm).toEqual([]);
    }
  });

  it('finds the positions beside the counts, whichever of the two is named, and in a folder', async () => {
    const places = 'barcodes,xcoord,ycoord\nAAACCCGGGTTC,5,6\nAAACCCGGGTTT,1,2\nAAACCCGGGTTA,3,4\nTTTTTTTTTTTT,9,9\n';
    const folder = await folderWith({ 'MappedDGEForR.csv': genes, 'BeadLocationsForR.csv': places });
    for (const path of [folder, join(folder, 'MappedDGEForR.csv'), join(folder, 'BeadLocationsForR.csv')]) {
      expect(await tableReader.sniff(path)).toBe(true);
      const found = await imported(path);
      expect(found.rows).toEqual(matrix);
      expect(Array.from(found.obsm[0].values)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(found.obsm[0]).toMatchObject({ name: 'spatial', nDim: 2, unit: 'pixel' });
      expect(found.spatial).toMatchObject({ micrometresPerUnit: 0.65 });
      expect(found.spatial!.spotSize! * 0.65).toBeCloseTo(10);
      expect(found.name).toBe(folder.split('/').at(-1));
      expect(found.provenance['warnings']).toContain('1 of 4 lines of BeadLocationsForR.csv belong to no cell of MappedDGEForR.csv.'); // prettier-ignore
    }
    const inspection = await tableReader.inspect(folder, {});
    expect(inspection).toMatchObject({ title: 'Slide-seq tables (genes in rows)', nObs: 3, nVar: 3, nnz: 4 });
    expect(inspection.table).toMatchObject({ hasHeader: true, roles: ['id', 'value', 'value', 'value'], nColumns: 4 });
    expect(inspection.positionsTable).toMatchObject({ columns: ['barcodes', 'xcoord', 'ycoord'], roles: ['id', 'x', 'y'] }); // prettier-ignore
  });

  it('takes a few numbers under unknown headings beside many genes for no counts, whichever table is named', async () => {
    const names = Array.from({ length: 12 }, (_, g) => `Gene${g}`);
    const row = (cell: string, n: number) => [cell, ...names.map((_, g) => (g * n) % 5)].join(',');
    const folder = await folderWith({
      'a.csv': `id,east,north\nc1,1.5,2\nc2,3,4\nc3,5,6\n`,
      'b.csv': `id,${names.join(',')}\n${row('c1', 1)}\n${row('c2', 2)}\n${row('c3', 3)}\n`,
    });
    for (const path of [folder, join(folder, 'a.csv'), join(folder, 'b.csv')]) {
      const found = await imported(path, { x: 'east', y: 'north' });
      expect([found.nObs, found.nVar]).toEqual([3, 12]);
      expect(Array.from(found.obsm[0].values)).toEqual([1.5, 2, 3, 4, 5, 6]);
    }
  });

  it('leaves out cells without a position, or keeps them where that was chosen', async () => {
    const places = 'cell,x_um,y_um,type\nAAACCCGGGTTT-1,1,2,a\nAAACCCGGGTTA-1,NA,,b\nAAACCCGGGTTC-1,5,6,a\n';
    const folder = await folderWith({ 'counts.csv': cells, 'cells.csv': places });
    for (const path of [folder, join(folder, 'counts.csv')]) {
      const found = await imported(path);
      expect(found.obs.names).toEqual(['AAACCCGGGTTT-1', 'AAACCCGGGTTC-1']);
      expect(found.rows).toEqual([matrix[0], matrix[2]]);
      expect(found.obsm[0]).toMatchObject({ unit: 'µm', values: Float64Array.of(1, 2, 5, 6) });
      expect(found.obs.columns).toMatchObject([{ name: 'type', kind: 'categorical', categories: ['a'] }]);
      expect(found.provenance['warnings']).toContain('1 cell has no position and was left out.');
      const all = await imported(path, { unplaced: 'keep' });
      expect(all.rows).toEqual(matrix);
      expect(Array.from(all.obsm[0].values)).toEqual([1, 2, NaN, NaN, 5, 6]);
    }
    const turned = await folderWith({ 'g.csv': genes, 'cells.csv': places.replaceAll('-1,', ',') });
    expect((await imported(turned)).rows).toEqual([matrix[0], matrix[2]]);
  });

  it('reads positions and annotations that stand beside the counts in one table', async () => {
    const one =
      'cell_id,type,X,Y,z,area,Actb,Gad1,Slc17a7\nc1,neuron,1.5,2,0,30,1,0,2\nc2,glia,3,4,5,31,0,3,0\nc3,glia,5,6,5,32,0,0,4\n';
    const folder = await folderWith({ 'all.csv': one });
    const found = await imported(join(folder, 'all.csv'));
    expect(found.rows).toEqual(matrix);
    expect(found.obsm[0]).toMatchObject({ nDim: 3, unit: '', values: Float64Array.of(1.5, 2, 0, 3, 4, 5, 5, 6, 5) });
    expect(found.obs.columns.map(({ name }) => name)).toEqual(['type', 'area']);
    const flat = await imported(join(folder, 'all.csv'), { z: 'none', annotations: 'type,z', unit: 'mm', spot: '20' });
    expect(flat.obsm[0].nDim).toBe(2);
    expect(flat.obs.columns.map(({ name }) => name)).toEqual(['type', 'z']);
    expect(flat.spatial).toMatchObject({ micrometresPerUnit: 1000, spotSize: 0.02 });
  });

  it('matches by order where the counts have no names, as seqFISH tables do', async () => {
    const folder = await folderWith({
      'cortex_counts.csv': 'Actb,Gad1,Slc17a7\n1,0,2\n0,3,0\n0,0,4\n',
      'cortex_centroids.csv': 'Field of View,Cell ID,X,Y\n0,1,10,20\n0,2,30,40\n1,1,50,60\n',
    });
    const found = await imported(folder);
    expect(found.rows).toEqual(matrix);
    expect(found.obs.names).toEqual(['cell-1', 'cell-2', 'cell-3']);
    expect(Array.from(found.obsm[0].values)).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it('tells cells apart by field of view, as CosMx tables need', async () => {
    const folder = await folderWith({
      'S1_exprMat_file.csv': 'fov,cell_ID,Actb,Gad1,Slc17a7\n1,0,9,9,9\n1,1,1,0,2\n1,2,0,3,0\n2,1,0,0,4\n',
      'S1_metadata_file.csv':
        'fov,cell_ID,Area,CenterX_local_px,CenterY_local_px,CenterX_global_px,CenterY_global_px\n2,1,30,1,1,50,60\n1,1,31,1,2,10,20\n1,2,32,3,4,30,40\n',
    });
    const found = await imported(folder);
    expect(found.obs.names).toEqual(['1_1', '1_2', '2_1']);
    expect(found.rows).toEqual(matrix);
    expect(found.obsm[0]).toMatchObject({ unit: 'pixel', values: Float64Array.of(10, 20, 30, 40, 50, 60) });
    expect(found.obs.columns.map(({ name }) => name)).toContain('Area');
  });

  it('reads tables without headings and with the heading that R writes over row names', async () => {
    const folder = await folderWith({
      'counts.csv': 'Actb,Gad1,Slc17a7\nAAACCCGGGTTT,1,0,2\nAAACCCGGGTTA,0,3,0\nAAACCCGGGTTC,0,0,4\n',
      'positions.csv': 'AAACCCGGGTTT,1.5,2\nAAACCCGGGTTA,3,4\nAAACCCGGGTTC,5,6\n',
    });
    const found = await imported(folder);
    expect(found.rows).toEqual(matrix);
    expect(found.var.names).toEqual(['Actb', 'Gad1', 'Slc17a7']);
    expect(Array.from(found.obsm[0].values)).toEqual([1.5, 2, 3, 4, 5, 6]);
    const bare = await folderWith({ 'bare.csv': 'c1,1,0,2\nc2,0,3,0\nc3,0,0,4\n' });
    const unnamed = await imported(join(bare, 'bare.csv'), { matrix: 'bare.csv', header: 'no' });
    expect(unnamed.rows).toEqual(matrix);
    expect(unnamed.var.names).toEqual(['gene-1', 'gene-2', 'gene-3']);
  });

  it('takes control probes apart from genes', async () => {
    const folder = await folderWith({ 'cell_by_gene.csv': 'cell,Actb,Gad1,Blank-1\nc1,1,0,2\nc2,0,3,0\n' });
    const found = await imported(folder);
    expect(found.rows).toEqual([[1, 0], [0, 3]]); // prettier-ignore
    expect((await imported(folder, { features: 'Gene Expression,Control probe' })).nVar).toBe(3);
  });

  it('takes a table of positions from elsewhere, and says when nothing fits', async () => {
    const folder = await folderWith({
      'in/counts.csv': cells,
      'out/p.csv': 'id,x,y\nAAACCCGGGTTT-1,1,2\nAAACCCGGGTTA-1,3,4\nAAACCCGGGTTC-1,5,6\n',
      'out/other.csv': 'id,x,y\nq,1,2\nr,3,4\n',
    });
    const path = join(folder, 'in', 'counts.csv');
    expect((await imported(path)).obsm).toEqual([]);
    expect((await imported(path, { positions: join(folder, 'out', 'p.csv') })).obsm).toHaveLength(1);
    await expect(imported(path, { positions: join(folder, 'out', 'other.csv') })).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('No cell of counts.csv is in other.csv'),
    });
    await expect(imported(path, { positions: 'none.csv' })).rejects.toMatchObject({ code: 'bad-option' });
    await expect(imported(path, { colour: 'red' })).rejects.toMatchObject({ code: 'bad-option' });
  });

  it.each([
    ['labels.csv', 'barcode,cell_type\na,T\nb,B\n'],
    ['meta_data.csv', 'barcode,cluster,nUMI\na,1,337\nb,2,269\n'],
    ['BeadLocationsForR.csv', 'barcodes,xcoord,ycoord\na,1,2\nb,3,4\n'],
    ['notes.txt', 'Dear reader,\nthis is, as you see, a letter.\nYours\n'],
    ['wide.csv', Buffer.from('\uFEFFcell,A,B\nc,1,2\n', 'utf16le')],
  ])('does not take %s for counts', async (name, content) => {
    const folder = await folderWith({ [name]: content });
    expect(await tableReader.sniff(join(folder, name))).toBe(false);
    expect(await tableReader.sniff(folder)).toBe(false);
    await expect(tableReader.inspect(join(folder, name), {})).rejects.toMatchObject({ code: 'bad-file' });
  });

  it('names line, column and content of what is wrong', async () => {
    const folder = await folderWith({ 'counts.csv': cells.replace('0,3,0', '0,three,0') });
    await expect(imported(join(folder, 'counts.csv'))).rejects.toMatchObject({
      code: 'bad-file',
      message: 'counts.csv, line 3, column Gad1: "three" is no number.',
    });
    const comma = await folderWith({ 'counts.csv': cells.replaceAll(',', ';').replace('0;3;0', '0;3,5;0') });
    await expect(imported(join(comma, 'counts.csv'))).rejects.toMatchObject({
      message: 'counts.csv, line 3, column Gad1: "3,5" has a comma, where a number with a decimal point was expected.',
    });
    const cut = await folderWith({ 'counts.csv': cells.slice(0, -4) });
    await expect(imported(join(cut, 'counts.csv'))).rejects.toMatchObject({ code: 'truncated-file' });
  });

  it('reads back any matrix, either way round, with cells in any order in the positions', async () => {
    const value = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 500 }));
    const shape = fc.record({ nObs: fc.integer({ min: 2, max: 8 }), nVar: fc.integer({ min: 3, max: 8 }) });
    const anyTable = shape.chain(({ nObs, nVar }) =>
      fc.record({
        rows: fc.array(fc.array(value, { minLength: nVar, maxLength: nVar }), { minLength: nObs, maxLength: nObs }),
        delimiter: fc.constantFrom(',', '\t', ';'),
        turned: fc.boolean(),
        gzipped: fc.boolean(),
        order: fc.shuffledSubarray(
          Array.from({ length: nObs }, (_, i) => i),
          { minLength: nObs },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(anyTable, async ({ rows, delimiter, turned, gzipped, order }) => {
        const obs = rows.map((_, i) => `CELL"${'ACGT'[i % 4].repeat(8)}-${i}`);
        const vars = rows[0].map((_, i) => `Gene, ${i}`);
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const [down, across] = turned ? [vars, obs] : [obs, vars];
        const lines = down.map((name, i) =>
          [quoted(name), ...across.map((_, j) => (turned ? rows[j][i] : rows[i][j]))].join(delimiter),
        );
        const text = [[quoted(turned ? 'gene' : 'cell'), ...across.map(quoted)].join(delimiter), ...lines].join('\n');
        const places = ['cell,x,y', ...order.map((i) => `${quoted(obs[i])},${i},${i - 9}`)].join('\n');
        const folder = await folderWith({
          'counts.csv': gzipped ? gzipSync(text) : text,
          'positions.csv': places,
        });
        const found = await imported(folder);
        expect(found.rows).toEqual(rows);
        expect(found.obs.names).toEqual(obs);
        expect(found.var.names).toEqual(vars);
        expect(Array.from(found.obsm[0].values)).toEqual(obs.flatMap((_, i) => [i, i - 9]));
      }),
      { numRuns: 60 },
    );
  });

  it('turns genes in rows in as many readings as its memory allows', async () => {
    const nObs = 23;
    const obs = Array.from({ length: nObs }, (_, i) => `c${i}`);
    const rows = Array.from({ length: 40 }, (_, g) => obs.map((_, c) => ((g * 7 + c * 13) % 5 === 0 ? g + 1 : 0)));
    const text = [`gene,${obs.join(',')}`, ...rows.map((row, g) => `g${g},${row.join(',')}`)].join('\n');
    const folder = await folderWith({ 'dge.csv': text });
    const plan = await planTables(join(folder, 'dge.csv'), {}, false);
    const survey = await surveyCounts(plan, Infinity, {});
    const rules = { file: 'dge.csv', nSourceVar: 40, nVar: 40, varMap: null, valueKind: 'counts' as const, obsName: String, varName: String }; // prettier-ignore
    const places = Int32Array.from(obs.keys());
    const chunks = [];
    for await (const chunk of chunksOfColumns(survey, places, rules, undefined, 50)) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(3);
    const again = await collectRows(
      (async function* () {
        yield* chunks;
      })(),
      40,
    );
    expect(again).toEqual(obs.map((_, c) => rows.map((row) => row[c])));
  });

  it('reports progress, and stops when it is cancelled', async () => {
    const folder = await folderWith({ 'counts.csv': cells });
    const report = vi.fn();
    await tableReader.inspect(folder, {}, { report });
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ stage: 'Reading the table' }));
    await expect(tableReader.open(folder, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

const data = process.env['LACUNA_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');

describe.skipIf(!existsSync(join(data, 'slideseq')))('real Slide-seq and MERFISH tables (LACUNA_DATA)', () => {
  it.each([
    ['slideseq/spacexr_vignette/SpatialRNA', 100, 378, 'counts', 2],
    ['slideseq/spacexr_vignette/SpatialRNA/MappedDGEForR.csv', 100, 378, 'counts', 2],
    ['slideseq/spacexr_vignette/Reference', 475, 384, 'counts', 0],
    ['slideseq/purkinje/counts_bead_x_gene.csv.gz', 883, 191, 'counts', 2],
    ['merfish_mouse_poa/cell_by_gene_volnorm.csv.gz', 6509, 155, 'nonnegative', 2],
  ])('%s is %i × %i', async (path, nObs, nVar, valueKind, nDim) => {
    const source = await tableReader.open(join(data, path), {});
    expect(source).toMatchObject({ nObs, nVar, matrices: [{ valueKind }] });
    expect(source.obsm.map((array) => array.nDim)).toEqual(nDim === 0 ? [] : [nDim]);
    const rows = await collectRows(source.matrices[0].chunks(), nVar);
    expect(rows).toHaveLength(nObs);
    const inspection = await tableReader.inspect(join(data, path), {});
    expect(inspection.nnz).toBe(rows.flat().filter((value) => value !== 0).length);
  });
});
