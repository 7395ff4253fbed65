import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatasetSource } from '../../dataset/dataset-source.ts';
import type { ImportOptions } from '../format-reader.ts';
import { detectReader, inspectPath, openPath, splitPath } from '../registry.ts';
import { checkedChunks, collectRows } from '../testing/collect-matrix.ts';
import { writeMatrix } from '../testing/write-matrix.ts';
import { hexagonalSpots, writePositions, writeVisium } from '../testing/write-visium.ts';
import type { MadeSpot } from '../testing/write-visium.ts';
import golden from './visium.golden.json' with { type: 'json' };

const data = process.env['LACUNA_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');

let folder: string;
let next = 0;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-visium-'))));
afterAll(async () => await rm(folder, { recursive: true }));
const fresh = () => join(folder, `made-${next++}`);

const spots = hexagonalSpots(4, 6, 0.5);
const factors = { spot_diameter_fullres: 131, tissue_hires_scalef: 0.1, tissue_lowres_scalef: 0.05 };

async function read<T>(
  path: string,
  options: ImportOptions,
  look: (source: DatasetSource) => T | Promise<T>,
): Promise<T> {
  const source = await openPath(path, { options });
  try {
    return await look(source);
  } finally {
    source.close();
  }
}

describe('visiumReader', () => {
  it.each(['tissue_positions_list.csv', 'tissue_positions.csv', 'tissue_positions.parquet'])(
    'reads %s',
    async (name) => {
      const root = fresh();
      await writeVisium(root, spots, name, factors);
      expect((await detectReader(root)).id).toBe('visium');
      await read(root, {}, async (source) => {
        const kept = spots.filter(({ inTissue }) => inTissue === 1);
        expect(source.obs.names).toEqual(kept.map(({ barcode }) => barcode));
        expect(Array.from(source.obsm[0].values)).toEqual(kept.flatMap(({ x, y }) => [x, y]));
        expect(source.obsm[0]).toMatchObject({ name: 'spatial', nDim: 2, unit: 'pixel' });
        expect(source.obs.columns).toMatchObject([
          { name: 'in_tissue', categories: ['false', 'true'] },
          { name: 'array_row', values: Float64Array.from(kept, ({ row }) => row) },
          { name: 'array_col', values: Float64Array.from(kept, ({ col }) => col) },
        ]);
        const rows = await collectRows(source.matrices[0].chunks(), 3);
        expect(rows).toEqual(
          kept.map((spot) => [0, 1, 2].map((gene) => (gene === spots.indexOf(spot) % 3 ? spots.indexOf(spot) + 1 : 0))),
        );
        expect(source.spatial).toMatchObject({
          obsm: 'spatial',
          spotShape: 'circle',
          yDown: true,
          images: [
            { name: 'hires', mediaType: 'image/png', width: 40, height: 30, scale: 0.1 },
            { name: 'lowres', width: 20, height: 15, scale: 0.05 },
          ],
        });
        expect(source.spatial?.micrometresPerUnit).toBeCloseTo(0.5, 9);
        expect(source.spatial?.spotSize).toBeCloseTo(110, 6);
      });
      expect((await inspectPath(root, { options: { spots: 'all' } })).nObs).toBe(spots.length);
    },
  );

  it('finds the section wherever one points', async () => {
    const sample = join(fresh(), 'liver');
    await writeVisium(join(sample, 'outs'), spots, 'tissue_positions.csv', factors);
    for (const path of [sample, join(sample, 'outs'), join(sample, 'outs', 'spatial'), join(sample, '..')])
      await read(path, {}, (source) => expect([source.name, source.nObs]).toEqual(['liver', 9]));
    const alone = await inspectPath(join(sample, 'outs', 'filtered_feature_bc_matrix.h5'));
    expect(alone.format).toBe('10x-h5');
    expect(alone.warnings.join()).toContain('instead to import both');
  });

  it('makes every section a dataset of its own, or takes one', async () => {
    const parent = fresh();
    for (const name of ['section1', 'section10', 'section2'])
      await writeVisium(join(parent, name, 'outs'), spots, 'tissue_positions.csv', factors);
    const inspection = await inspectPath(parent);
    expect(inspection.choices[0].options.map(({ value }) => value)).toEqual([
      'all',
      'section1',
      'section2',
      'section10',
    ]);
    expect(inspection.warnings[0]).toContain('3 sections; each becomes a dataset of its own');
    const parts = await splitPath(parent, { options: { spots: 'all' } });
    expect(parts.map(({ label }) => label)).toEqual(['section1', 'section2', 'section10']);
    await read(parts[1].path, parts[1].options, (source) =>
      expect([source.name, source.nObs]).toEqual(['section2', 12]),
    );
    expect(await splitPath(parent, { options: { section: 'section2' } })).toHaveLength(1);
    await expect(inspectPath(parent, { options: { section: 'section7' } })).rejects.toMatchObject({
      code: 'bad-option',
      remedy: 'The values are: all, section1, section2, section10.',
    });
  });

  it('lists the bin sizes of Visium HD', async () => {
    const root = join(fresh(), 'outs');
    const bins = Array.from({ length: 12 }, (_, i): MadeSpot => {
      const [row, col] = [Math.floor(i / 4), i % 4];
      return { barcode: `s_${row}_${col}-1`, inTissue: i % 2, row, col, x: col * 16, y: row * 16 };
    });
    for (const side of [2, 8, 16])
      await writeVisium(
        join(root, 'binned_outputs', `square_${String(side).padStart(3, '0')}um`),
        bins.slice(0, 12 - side / 2),
        'tissue_positions.parquet',
        { ...factors, bin_size_um: side, microns_per_pixel: 0.5, spot_diameter_fullres: side * 2 },
      );
    const inspection = await inspectPath(root);
    expect(inspection.choices.find(({ key }) => key === 'bin')).toMatchObject({
      default: '8',
      options: [{ value: '2' }, { value: '8' }, { value: '16' }],
    });
    expect(inspection).toMatchObject({ title: expect.stringContaining('bins of 8 µm'), nObs: 4 });
    await read(root, { bin: '16', spots: 'all' }, (source) => {
      expect(source.nObs).toBe(4);
      expect(source.name).toMatch(/ 16 µm$/);
      expect(source.spatial).toMatchObject({ spotShape: 'square', spotSize: 32, micrometresPerUnit: 0.5 });
    });
    expect((await inspectPath(join(root, 'binned_outputs', 'square_002um'))).nObs).toBe(5);
  });

  it('prefers the filtered matrix, .h5 to a folder, and reads the other too', async () => {
    const root = fresh();
    await writeVisium(root, spots, 'tissue_positions.csv', factors);
    const names = spots.map(({ barcode }) => barcode);
    await writeMatrix(
      join(root, 'raw_feature_bc_matrix.h5'),
      names,
      names.map(() => [1, 1, 1]),
      ['Gene Expression', 'Gene Expression', 'Antibody Capture'],
    );
    const mtx = join(root, 'filtered_feature_bc_matrix');
    await mkdir(mtx);
    await writeFile(join(mtx, 'matrix.mtx'), '%%MatrixMarket matrix coordinate integer general\n1 2 1\n1 1 7\n');
    await writeFile(join(mtx, 'barcodes.tsv'), `${names[4]}\n${names[5]}\n`);
    await writeFile(join(mtx, 'features.tsv'), 'E0\tAlb\tGene Expression\n');
    const inspection = await inspectPath(root);
    expect(inspection.choices.find(({ key }) => key === 'matrix')).toMatchObject({
      default: 'filtered',
      options: [{ value: 'filtered' }, { value: 'raw' }],
    });
    expect(inspection.nnz).toBe(9);
    expect(await inspectPath(root, { options: { matrix: 'raw' } })).toMatchObject({ nVar: 2, nnz: 18, nObs: 9 });
    await rm(join(root, 'filtered_feature_bc_matrix.h5'));
    await read(root, {}, async (source) => {
      expect(source.obs.names).toEqual([names[4], names[5]]);
      expect(await collectRows(source.matrices[0].chunks(), 1)).toEqual([[7], [0]]);
    });
  });

  it('takes a matrix under the name of a public data set', async () => {
    const root = fresh();
    await writeVisium(root, spots, 'tissue_positions.csv', factors);
    await cp(join(root, 'filtered_feature_bc_matrix.h5'), join(root, 'V1_Mouse_Brain_filtered_feature_bc_matrix.h5'));
    await rm(join(root, 'filtered_feature_bc_matrix.h5'));
    expect((await inspectPath(root)).nObs).toBe(9);
  });

  it('imports without images and scale factors, and says so', async () => {
    const root = fresh();
    await writeVisium(root, spots, 'tissue_positions.csv', factors);
    await rm(join(root, 'spatial', 'tissue_hires_image.png'));
    await writeFile(join(root, 'spatial', 'tissue_hires_image.tif'), 'II*\0....');
    const tiff = await inspectPath(root);
    expect(tiff.warnings.join()).toContain('it is a TIFF');
    expect(tiff.spatial?.images.map(({ name }) => name)).toEqual(['lowres']);
    await rm(join(root, 'spatial', 'scalefactors_json.json'));
    const bare = await inspectPath(root);
    expect(bare.warnings.join()).toContain('There is no scalefactors_json.json');
    expect(bare.spatial).toMatchObject({ images: [] });
    expect(bare.spatial?.micrometresPerUnit).toBeCloseTo(0.5, 9);
    await writeFile(join(root, 'spatial', 'scalefactors_json.json'), '{"tissue_hires_scalef": "x"}');
    await expect(inspectPath(root)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('scalefactors_json.json'),
    });
  });

  it('says what does not fit together', async () => {
    const root = fresh();
    await writeVisium(root, spots, 'tissue_positions.csv', factors);
    const write = (changed: MadeSpot[]) => writePositions(join(root, 'spatial'), 'tissue_positions.csv', changed);
    await write(spots.slice(0, 7));
    expect((await inspectPath(root)).warnings.join()).toContain(
      '5 of 12 barcodes of the matrix have no line in tissue_positions.csv',
    );
    await write(spots.map((spot) => ({ ...spot, barcode: `${spot.barcode}x` })));
    await expect(inspectPath(root)).rejects.toMatchObject({
      code: 'bad-file',
      remedy: expect.stringContaining('different runs'),
    });
    await write(spots.map((spot) => ({ ...spot, inTissue: 0 })));
    await expect(inspectPath(root)).rejects.toMatchObject({
      code: 'bad-option',
      remedy: expect.stringContaining('spots=all'),
    });
    await write(spots.map((spot) => ({ ...spot, x: NaN })));
    await expect(inspectPath(root)).rejects.toMatchObject({
      message: expect.stringContaining('pixel position of SPOT0X0-1'),
    });
    await writeFile(join(root, 'spatial', 'tissue_positions.csv'), 'barcode,in_tissue\nA,1\n');
    await expect(inspectPath(root)).rejects.toMatchObject({
      message: expect.stringContaining('has no column array_row, array_col, pxl_row_in_fullres, pxl_col_in_fullres'),
    });
    await rm(join(root, 'filtered_feature_bc_matrix.h5'));
    await expect(inspectPath(root)).rejects.toMatchObject({ message: expect.stringContaining('no matrix') });
    await expect(inspectPath(folder, { format: 'visium', options: { colour: 'red' } })).rejects.toMatchObject({
      code: 'bad-option',
    });
  });

  it('stops when it is cancelled', async () => {
    const root = fresh();
    await writeVisium(root, spots, 'tissue_positions.csv', factors);
    await expect(openPath(root, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe.each(golden)('$path, spots $options.spots', (expected) => {
  const path = join(data, 'visium', expected.path);

  it.skipIf(!existsSync(path))('holds what h5py and pandas find (needs the data folder)', async () => {
    const options = expected.options;
    expect(await inspectPath(path, { options })).toMatchObject({
      nObs: expected.nObs,
      nVar: expected.nVar,
      nnz: expected.nnz,
    });
    await read(path, options, async (source) => {
      let [sum, sumByObs] = [0, 0];
      for await (const { start, nObs, indptr, values } of checkedChunks(source.matrices[0].chunks(), source.nVar))
        for (let i = 0; i < nObs; i++)
          for (let k = indptr[i]; k < indptr[i + 1]; k++) {
            sum += values[k];
            sumByObs += values[k] * ((start + i) % 97);
          }
      expect([source.nObs, sum, sumByObs]).toEqual([expected.nObs, expected.sum, expected.sumByObs]);
      const [positions] = source.obsm;
      const total = (from: number) => positions.values.reduce((all, value, i) => all + (i % 2 === from ? value : 0), 0);
      expect(total(0)).toBeCloseTo(expected.x, 4);
      expect(total(1)).toBeCloseTo(expected.y, 4);
      const [inTissue, row, col] = source.obs.columns;
      const values = (column: typeof inTissue) =>
        column.kind === 'numeric' ? column.values : column.kind === 'categorical' ? column.codes : [];
      const sumOf = (column: typeof inTissue) => Array.from(values(column), Number).reduce((a, b) => a + b, 0);
      expect([sumOf(inTissue), sumOf(row), sumOf(col)]).toEqual([
        expected.inTissue,
        expected.arrayRow,
        expected.arrayCol,
      ]);
      expect(source.spatial?.images.length).toBeGreaterThan(0);
      // Every slide is seen at 0.2 to 1 µm per pixel, and its spots are as large as 10x makes them.
      const { micrometresPerUnit, spotSize, spotShape } = source.spatial!;
      const bin = /square_0*(\d+)um/.exec(expected.path)?.[1];
      expect(spotSize! * micrometresPerUnit!).toBeCloseTo(bin ? Number(bin) : 55, 1);
      expect(spotShape).toBe(bin ? 'square' : 'circle');
    });
  });
});
