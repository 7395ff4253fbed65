import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import h5wasm, { type Dataset } from 'h5wasm/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SpatialLayout, TissueImage } from '../../dataset/spatial-layout.ts';
import { h5adReader } from '../../formats/h5ad/h5ad-reader.ts';
import { smallSource } from '../fixtures/small-source.ts';
import { imagePixels } from './image-pixels.ts';
import { writeH5ad } from './write-h5ad.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-h5ad-tissue-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const pixels = (n: number) => Uint8Array.from({ length: n }, (_, i) => (i * 37) % 256);
const image = (name: string, width: number, height: number, scale: number): TissueImage => ({
  name,
  mediaType: 'image/png',
  width,
  height,
  scale,
  bytes: encode({ width, height, channels: 3, depth: 8, data: pixels(width * height * 3) }),
});

function visium(): SpatialLayout {
  return {
    obsm: 'spatial',
    micrometresPerUnit: 0.5,
    spotSize: 110,
    spotShape: 'circle',
    yDown: true,
    images: [image('hires', 700, 500, 0.1), image('lowres', 7, 5, 0.01)],
    borders: null,
  };
}

describe('writeH5ad with a tissue', () => {
  it('comes back as it was', async () => {
    const path = join(folder, 'out.h5ad');
    const layout = visium();
    const { warnings } = await writeH5ad(path, { ...smallSource(), spatial: layout });
    expect(warnings.filter((warning) => warning.includes('image'))).toEqual([]);
    const back = await h5adReader.open(path, {});
    back.close();
    const { images, ...rest } = back.spatial!;
    const { images: expected, ...facts } = layout;
    expect(rest).toEqual(facts);
    expect(images.map(({ bytes: _, ...one }) => one)).toEqual(expected.map(({ bytes: _, ...one }) => one));
    images.forEach(({ bytes }, i) => expect(decode(bytes).data).toEqual(decode(expected[i].bytes).data));
  });

  it('is in the words of scanpy and squidpy', async () => {
    const path = join(folder, 'out.h5ad');
    await writeH5ad(path, { ...smallSource(), spatial: visium() });
    await h5wasm.ready;
    const file = new h5wasm.File(path, 'r');
    const at = (name: string) => file.get(`uns/spatial/section/${name}`) as Dataset;
    expect([at('images/hires').shape, at('images/hires').dtype]).toEqual([[500, 700, 3], '<B']);
    expect(at('images/hires').value).toEqual(pixels(700 * 500 * 3));
    expect(at('scalefactors/tissue_hires_scalef').value).toBe(0.1);
    expect(Number(at('scalefactors/spot_diameter_fullres').value)).toBeCloseTo(130, 9); // Space Ranger's 65 µm
    file.close();
  });

  it('keeps squares and scales without images, and says what it cannot keep', async () => {
    const path = join(folder, 'out.h5ad');
    const layout: SpatialLayout = {
      ...visium(),
      spotShape: 'square',
      spotSize: 50,
      images: [{ ...image('hires', 2, 2, 1), mediaType: 'image/jpeg' }],
      borders: { offsets: new Uint32Array(6), vertices: new Float32Array(0) },
    };
    const { warnings } = await writeH5ad(path, { ...smallSource(), spatial: layout });
    expect(warnings.join('\n')).toMatch(/borders of the cells were left out[^]*'hires' was left out/);
    const back = await h5adReader.open(path, {});
    back.close();
    expect(back.spatial).toEqual({ ...layout, images: [], borders: null });
  });
});

describe('imagePixels', () => {
  it.each([
    ['grey', 1, 8, 3],
    ['grey with opacity', 2, 8, 4],
    ['colours', 3, 8, 3],
    ['colours with opacity', 4, 8, 4],
    ['colours of 16 bits', 3, 16, 3],
  ])('unpacks %s', (_, channels, depth, expected) => {
    const values = Array.from({ length: 6 * channels }, (_, i) => (i * 11) % 256);
    const data = depth === 16 ? Uint16Array.from(values, (value) => value * 257) : Uint8Array.from(values);
    const found = imagePixels(encode({ width: 3, height: 2, channels, depth: depth as 8 | 16, data }));
    expect(found).toMatchObject({ width: 3, height: 2, channels: expected });
    for (let i = 0; i < 6; i++) {
      const source = values.slice(i * channels, (i + 1) * channels);
      const wanted = channels < 3 ? [source[0], source[0], source[0], ...source.slice(1)] : source;
      expect(Array.from(found.data.subarray(i * expected, (i + 1) * expected))).toEqual(wanted);
    }
  });
});
