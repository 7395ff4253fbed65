import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpatialLayout } from '../../../dataset/spatial-layout.ts';
import { hexagonalSpots } from '../../testing/write-visium.ts';
import { writeHdf5 } from '../../testing/write-hdf5.ts';
import type { Hdf5Spec } from '../../testing/write-hdf5.ts';
import { h5adReader } from '../h5ad-reader.ts';

const data = process.env['LACUNA_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data');

let folder: string;
let next = 0;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-h5ad-spatial-'))));
afterAll(async () => await rm(folder, { recursive: true }));

const spots = hexagonalSpots(4, 6, 0.5);
const number = (value: number): Hdf5Spec => ({ data: [value], dtype: '<f8' });
const text = (value: string): Hdf5Spec => ({ data: [value] });
const group = (children: Record<string, Hdf5Spec>): Hdf5Spec => ({ children });

async function make(
  uns: Record<string, Hdf5Spec>,
  obs: Record<string, Hdf5Spec> = {},
  nDim = 2,
  obsm: Record<string, Hdf5Spec> = {},
): Promise<string> {
  const path = join(folder, `made-${next++}.h5ad`);
  const names = spots.map(({ barcode }) => barcode);
  const positions = spots.flatMap(({ x, y }) => [x, y, 5].slice(0, nDim));
  const frame = (index: string[], columns: Record<string, Hdf5Spec> = {}): Hdf5Spec => ({
    attrs: { 'encoding-type': 'dataframe', _index: '_index' },
    children: { _index: { data: index }, ...columns },
  });
  await writeHdf5(path, {
    children: {
      X: { data: names.map((_, i) => i + 1), shape: [names.length, 1] },
      obs: frame(names, obs),
      var: frame(['Alb']),
      obsm: group({ spatial: { data: positions, dtype: '<f8', shape: [spots.length, nDim] }, ...obsm }),
      uns: group(uns),
    },
  });
  return path;
}

async function layoutOf(path: string): Promise<{ layout: SpatialLayout | null; warnings: string[] }> {
  const source = await h5adReader.open(path, {});
  source.close();
  return { layout: source.spatial ?? null, warnings: source.provenance['warnings'] as string[] };
}

const library = (images: Record<string, Hdf5Spec>, scalefactors: Record<string, Hdf5Spec>) =>
  group({ brain: group({ images: group(images), scalefactors: group(scalefactors) }) });
const picture: Hdf5Spec = { data: [0, 51, 255, 1, 2, 3], dtype: '<u1', shape: [1, 2, 3] };

describe('readSpatial', () => {
  it('reads images and scale as scanpy and squidpy keep them', async () => {
    const fractions: Hdf5Spec = { data: [0, 0.2, 1, 0.5, 0.004, 0, 1, 1], dtype: '<f4', shape: [2, 1, 4] };
    const path = await make(
      {
        spatial: library(
          { hires: picture, lowres: fractions },
          { tissue_lowres_scalef: number(0.05), tissue_hires_scalef: number(0.1), spot_diameter_fullres: number(131) },
        ),
      },
      { array_row: { data: spots.map(({ row }) => row) }, array_col: { data: spots.map(({ col }) => col) } },
    );
    const { layout } = await layoutOf(path);
    expect(layout).toMatchObject({ obsm: 'spatial', spotShape: 'circle', yDown: true, borders: null });
    expect(layout?.micrometresPerUnit).toBeCloseTo(0.5, 9);
    expect(layout?.spotSize).toBeCloseTo(110, 6);
    expect(layout?.images).toMatchObject([
      { name: 'hires', mediaType: 'image/png', width: 2, height: 1, scale: 0.1 },
      { name: 'lowres', width: 1, height: 2, scale: 0.05 },
    ]);
    const [hires, lowres] = layout!.images.map(({ bytes }) => Array.from(decode(bytes).data));
    expect(hires).toEqual([0, 51, 255, 1, 2, 3]);
    expect(lowres).toEqual([0, 51, 255, 128, 1, 0, 255, 255]);
    expect((await h5adReader.inspect(path, {})).spatial?.images).toEqual([
      { name: 'hires', width: 2, height: 1 },
      { name: 'lowres', width: 1, height: 2 },
    ]);
  });

  it('does not take foreign widths of spots for micrometres', async () => {
    const { layout } = await layoutOf(await make({ spatial: library({}, { spot_diameter_fullres: number(12) }) }));
    expect(layout).toMatchObject({ micrometresPerUnit: null, spotSize: 12 });
  });

  it('leaves out what is no picture, and sections beyond the first', async () => {
    const { layout, warnings } = await layoutOf(
      await make({
        spatial: group({
          one: group({
            images: group({ hires: { data: [1, 2, 3, 4], shape: [2, 1, 2] }, other: picture }),
            scalefactors: group({ tissue_hires_scalef: number(1) }),
          }),
          two: group({ images: group({}) }),
        }),
      }),
    );
    expect(layout?.images).toEqual([]);
    expect(warnings.join('\n')).toMatch(
      /'hires' was not imported: its shape is 2 × 1 × 2.*\n.*'other' was not imported: its scale.*\n.*holds 2 sections/,
    );
  });

  it.each([2, 3])('knows files of stereopy, with positions in %i dimensions', async (nDim) => {
    const uns = { bin_type: text('bins'), bin_size: { data: [50] }, resolution: { data: [500] } };
    expect((await layoutOf(await make(uns, {}, nDim))).layout).toMatchObject({
      micrometresPerUnit: 0.5,
      spotSize: 50,
      spotShape: 'square',
      yDown: true,
    });
    const cells = await layoutOf(await make({ bin_type: text('cell_bins'), bin_size: { data: [1] } }, {}, nDim));
    expect(cells.layout).toMatchObject({ micrometresPerUnit: 0.5, spotSize: null, spotShape: 'circle' });
  });

  it.each([2, 3])("reads stereopy's outlines of cells, with positions in %i dimensions", async (nDim) => {
    const unused = 32767;
    const steps = spots.flatMap((_, i) => [-1, -1, 1, -1, ...(i === 0 ? [0, 2] : [unused, unused])]);
    const border: Hdf5Spec = { data: steps, shape: [spots.length, 3, 2] };
    const path = await make({ bin_type: text('cell_bins') }, {}, nDim, { cell_border: border });
    const { layout, warnings } = await layoutOf(path);
    expect(Array.from(layout!.borders!.offsets.subarray(0, 4))).toEqual([0, 3, 5, 7]);
    const [{ x, y }, second] = spots;
    expect(Array.from(layout!.borders!.vertices.subarray(0, 8))).toEqual(
      [x - 1, y - 1, x + 1, y - 1, x, y + 2, second.x - 1, second.y - 1].map(Math.fround),
    );
    expect(warnings.join()).not.toContain('cell_border');
  });

  it('says nothing where nothing is known', async () => {
    expect((await layoutOf(await make({}))).layout).toBeNull();
    expect((await layoutOf(await make({ bin_type: text('histogram') }))).layout).toBeNull();
  });

  const squidpy = join(data, 'visium', 'squidpy_test_data.h5ad');
  it.skipIf(!existsSync(squidpy))("reads squidpy's own test file (needs the data folder)", async () => {
    const { layout } = await layoutOf(squidpy);
    expect(layout?.images).toMatchObject([
      { name: 'hires', width: 100, height: 100, scale: 0.17011142 },
      { name: 'lowres', width: 49, height: 88, scale: 0.051033426 },
    ]);
    expect(layout!.spotSize! * layout!.micrometresPerUnit!).toBeCloseTo(55, 6);
    expect(layout?.micrometresPerUnit).toBeCloseTo(65 / 89.44476048022638, 6);
  });
});
