import { inflateSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SavedPicture } from './figure-items.ts';
import { finerGene } from './finer-gene.ts';
import { picturePdf } from './picture-pdf.ts';
import { pictureSvg } from './picture-svg.ts';
import { spotsCsv } from './spots-csv.ts';

const picture: SavedPicture = {
  title: 'Section (A)',
  width: 200,
  height: 160,
  points: 'data:image/png;base64,AAAA',
  axes: null,
  bar: { pixels: 80, text: '200 µm' },
  legend: {
    kind: 'numbers',
    heading: 'Ttr',
    unit: 'log(1 + x), observed',
    stops: ['#fde725', '#21918c', '#440154'],
    least: '0',
    most: '4.5',
  },
};

describe('a figure as PDF', () => {
  const rgb = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => 7 * i);
  const pdf = picturePdf(picture, { deflated: deflateSync(rgb), width: 4, height: 3 });
  const text = Buffer.from(pdf).toString('latin1');

  it('says where each of its objects begins', () => {
    expect(text.startsWith('%PDF-1.4')).toBe(true);
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    expect(text.slice(table, table + 5)).toBe('xref\n');
    const starts = [...text.slice(table).matchAll(/(\d{10}) 00000 n /g)].map(([, start]) => Number(start));
    expect(starts).toHaveLength(8);
    starts.forEach((start, i) => expect(text.slice(start).startsWith(`${i + 1} 0 obj\n`)).toBe(true));
  });

  it('keeps words as text and the points as they are', () => {
    const words = [...text.matchAll(/\(((?:\\.|[^\\)])*)\) Tj/g)].map(([, found]) => found);
    expect(words).toEqual(['200 \\265m', 'Ttr', 'log\\(1 + x\\), observed', '4.5', '0']);
    expect(text).toContain('/Title (Section \\(A\\))');
    const image = /\/Width 4 \/Height 3 .*?\/Length (\d+) >>\nstream\n/.exec(text)!;
    const at = image.index + image[0].length;
    expect([...inflateSync(pdf.subarray(at, at + Number(image[1])))]).toEqual([...rgb]);
  });
});

describe('a figure with spots as shapes', () => {
  it('draws discs, and squares turned about their middle', () => {
    const spot = { x: 50, y: 40, size: 10, fill: '#ff0000', opacity: 1 };
    const shapes = [
      { ...spot, square: null },
      { ...spot, square: 30, opacity: 0.5 },
    ];
    const svg = pictureSvg({ ...picture, shapes });
    expect(svg).toContain('<circle cx="50" cy="40" r="5" fill="#ff0000"/>');
    expect(svg).toContain(
      '<rect x="45" y="35" width="10" height="10" fill="#ff0000" fill-opacity="0.5" transform="rotate(30 50 40)"/>',
    );
  });
});

describe('a table of spots', () => {
  it('quotes what holds commas, and leaves empty what is missing', () => {
    const columns = [
      { heading: 'barcode', at: (obs: number) => `AA-${obs}` },
      { heading: 'layer, "true"', at: (obs: number) => (obs === 2 ? 'L1,\n"upper"' : null) },
      { heading: 'value', at: (obs: number) => (obs === 2 ? NaN : 1.5) },
    ];
    expect(spotsCsv(columns, [2, 0])).toBe(
      'barcode,"layer, ""true""",value\r\nAA-2,"L1,\n""upper""",\r\nAA-0,,1.5\r\n',
    );
  });
});

describe('a gene between the spots', () => {
  it('comes as places, the spots next to them, values and the side of a place', () => {
    const lines = Float32Array.of(0, 0, 7, 1, 2, 0, 7, 2, 6, 0, 8, 3, 0, 2, 9, 4);
    const found = finerGene(lines, 4);
    expect(found).toMatchObject({ nDim: 2, step: 2 });
    expect([...found.positions]).toEqual([0, 0, 2, 0, 6, 0, 0, 2]);
    expect([...found.nearest]).toEqual([7, 7, 8, 9]);
    expect([...found.values]).toEqual([1, 2, 3, 4]);
  });
});
