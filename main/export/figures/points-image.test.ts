import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { embeddingFigure } from './embedding-figure.ts';
import { encodePng } from './png.ts';
import { pointsImage } from './points-image.ts';

/** Pixels of a PNG as this project writes them: one IDAT, lines filtered by the pixel on the left. */
function decode(png: Buffer): { width: number; height: number; pixels: Uint8Array } {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const length = png.readUInt32BE(33);
  expect(png.subarray(37, 41).toString('latin1')).toBe('IDAT');
  const lines = inflateSync(png.subarray(41, 41 + length));
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width * 4; x++)
      pixels[y * width * 4 + x] = lines[y * (width * 4 + 1) + 1 + x] + (x < 4 ? 0 : pixels[y * width * 4 + x - 4]);
  return { width, height, pixels };
}

it('a PNG holds exactly the pixels that went in', () => {
  const pixels = Uint8Array.from({ length: 7 * 5 * 4 }, (_, i) => (i * 37) % 256);
  expect(decode(encodePng(pixels, 7, 5))).toEqual({ width: 7, height: 5, pixels });
});

it('draws discs where they lie, later ones on top, on a clear ground', () => {
  const layers = [
    { colour: '#ff0000', centres: Float32Array.of(10, 10, 30, 10) },
    { colour: '#0000ff', centres: Float32Array.of(30, 10) },
  ];
  const { width, height, pixels } = decode(pointsImage(layers, 40, 20, 4));
  expect([width, height]).toEqual([100, 50]);
  const at = (x: number, y: number): number[] => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
  expect(at(25, 25)).toEqual([255, 0, 0, 255]);
  expect(at(75, 25)).toEqual([0, 0, 255, 255]);
  expect(at(50, 25)[3]).toBe(0);
  // π r² within a few percent, edges counted by their share.
  const covered = pixels.filter((_, i) => i % 4 === 3).reduce((sum, opacity) => sum + opacity / 255, 0);
  expect(covered / (2 * Math.PI * 10 ** 2)).toBeCloseTo(1, 1);
});

it('a figure with its points as a picture keeps its words as text, and stays light', () => {
  const nObs = 12_000;
  const values = Float32Array.from({ length: nObs * 2 }, (_, i) => Math.sin(i * 1.3) * (i % 7));
  const codes = Array.from({ length: nObs }, (_, i) => i % 3);
  const figure = { title: 'UMAP', axes: 'UMAP', nDim: 2, values } as const;
  const colour = { kind: 'categorical', label: 'type', codes, categories: ['a', 'b', 'c'] } as const;
  const shapes = embeddingFigure({ ...figure, colour });
  const light = embeddingFigure({ ...figure, colour, pointsAsImage: true });
  expect(light).toMatch(/<image x="[\d.]+" y="[\d.]+" width="[\d.]+" height="[\d.]+" href="data:image\/png;base64,/);
  // Only the legend's dots are left.
  expect(light.match(/<circle/g)).toHaveLength(3);
  expect(light.length).toBeLessThan(shapes.length / 2);
  const words = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text);
  expect(words(light)).toEqual(words(shapes));
  expect(embeddingFigure({ ...figure, colour, pointsAsImage: true })).toBe(light);
});
