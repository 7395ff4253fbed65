import { describe, expect, it } from 'vitest';
import { CATEGORY_COLOURS } from '../../../main/contract/palettes/categorical.ts';
import { figureSize } from '../export/figure-svg.ts';
import { clusterSpaces, clustersTitle } from './cluster-spaces.ts';
import type { SavedPicture } from './figure-items.ts';
import { pictureSvg } from './picture-svg.ts';
import { shownColour } from './shown-colour.ts';
import { isBlank } from './send-thumbnail.ts';

const picture: SavedPicture = {
  title: 'A & B',
  width: 600,
  height: 400,
  points: 'data:image/png;base64,AAAA',
  axes: null,
  bar: null,
  legend: null,
};
const texts = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words);
const places = (svg: string): [number, number][] =>
  [...svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);

describe('pictureSvg', () => {
  it('holds the points as one image and is as large as they are', () => {
    const svg = pictureSvg(picture);
    expect(figureSize(svg)).toEqual({ width: 600, height: 400 });
    expect(svg).toContain('href="data:image/png;base64,AAAA"');
    expect(svg).toContain('<title>A &amp; B</title>');
    expect(texts(svg)).toEqual([]);
  });

  it('writes the names of the axes and the length of the bar as text', () => {
    const svg = pictureSvg({ ...picture, axes: ['UMAP 1', 'UMAP 2'], bar: { pixels: 100, text: '200 µm' } });
    expect(texts(svg)).toEqual(['UMAP 1', 'UMAP 2', '200 µm']);
    expect(svg).toContain('L586 386L586 382');
    expect(svg).toContain('M486 382');
  });

  it.each([3, 12, 40])('keeps a legend of %i groups inside of the picture, in columns', (count) => {
    const rows = Array.from({ length: count }, (_, i) => ({ text: `Type ${i} <x>`, colour: '#123456' }));
    const svg = pictureSvg({ ...picture, legend: { kind: 'groups', heading: 'cell type', rows } });
    const { width, height } = figureSize(svg);
    expect(svg.split('<circle').length - 1).toBe(count);
    expect(texts(svg)).toHaveLength(count + 1);
    expect(texts(svg)[1]).toBe('Type 0 &lt;x&gt;');
    for (const [x, y] of places(svg)) {
      expect(x).toBeGreaterThanOrEqual(600);
      expect(x).toBeLessThan(width - 60);
      expect(y).toBeLessThan(height);
    }
    expect(new Set(places(svg).map(String)).size).toBe(count + 1);
  });

  it('draws the scale of numbers with its ends and unit', () => {
    const legend = {
      kind: 'numbers',
      heading: 'CD3E',
      unit: 'log(1 + x)',
      stops: ['#fde725', '#440154'],
      least: '0',
      most: '3.2',
    } as const;
    const svg = pictureSvg({ ...picture, legend });
    expect(texts(svg)).toEqual(['CD3E', 'log(1 + x)', '3.2', '0']);
    expect(svg).toContain('<stop offset="100%" stop-color="#440154"/>');
  });
});

describe('isBlank', () => {
  const pixels = (paint: (at: number) => number): Uint8ClampedArray =>
    Uint8ClampedArray.from({ length: 320 * 200 * 4 }, (_, at) => (at % 4 === 3 ? 255 : paint(at >> 2)));

  it('is true of one colour and of nothing, and false once there are points', () => {
    expect(isBlank(pixels(() => 255))).toBe(true);
    expect(isBlank(new Uint8ClampedArray(320 * 200 * 4))).toBe(true);
    expect(isBlank(pixels((at) => (at === 5 ? 0 : 255)))).toBe(true);
    expect(isBlank(pixels((at) => (at % 500 === 7 ? 40 : 255)))).toBe(false);
  });
});

describe('shownColour', () => {
  it('keeps colours on white, and lifts dark ones from a dark ground without mixing them up', () => {
    const shown = CATEGORY_COLOURS.map((colour) => shownColour(colour, true));
    expect(CATEGORY_COLOURS.map((colour) => shownColour(colour, false))).toEqual(CATEGORY_COLOURS);
    expect(new Set(shown).size).toBe(40);
    // The colours of Okabe and Ito but black are light enough.
    expect(shown.slice(0, 7)).toEqual(CATEGORY_COLOURS.slice(0, 7));
    expect(shown[7]).toBe('#e8edf1');
    const brightness = (colour: string): number =>
      [1, 3, 5].reduce((sum, at) => sum + parseInt(colour.slice(at, at + 2), 16), 0);
    shown.forEach((colour, i) => expect(brightness(colour)).toBeGreaterThanOrEqual(brightness(CATEGORY_COLOURS[i])));
    expect(shown[8]).not.toBe(CATEGORY_COLOURS[8]);
  });
});

describe('spaces of clusters', () => {
  it('are those that the run has', () => {
    expect(clusterSpaces(true).map(({ label }) => label)).toContain('UMAP 2-D');
    expect(clusterSpaces(true)[0]).toEqual({ value: 'latent', label: 'Latent' });
    expect(clusterSpaces(false).some(({ value }) => value === 'latent' || value === 'umap-2d')).toBe(false);
    expect(clustersTitle({ method: 'leiden' }, 'latent')).toBe('Leiden clusters');
    expect(clustersTitle({ method: 'kmeans' }, 'umap-2d')).toBe('k-means clusters, UMAP 2-D');
  });
});
