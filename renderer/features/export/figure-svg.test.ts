import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { figureSize, pointCount, withResolution } from './figure-svg.ts';

const svg =
  '<svg width="85mm" height="60mm" viewBox="0 0 321 227" role="img"><g fill="#000">\n<circle cx="1" cy="2" r="1"/>\n</g>\n<text>1</text><circle cx="9" cy="9" r="3"/></svg>';

describe('figures', () => {
  it('tell their size and how many cells they hold', () => {
    expect(figureSize(svg)).toEqual({ width: 321, height: 227 });
    expect(pointCount(svg)).toBe(1);
  });

  it('as PNG say how many pixels a metre has, right after the header', () => {
    // Signature and header chunk of a PNG, then the end chunk.
    const png = new Uint8Array(33 + 12);
    const made = withResolution(png, 300);
    const view = new DataView(made.buffer);
    expect(made.length).toBe(33 + 21 + 12);
    expect(String.fromCharCode(...made.subarray(37, 41))).toBe('pHYs');
    expect([view.getUint32(33), view.getUint32(41), view.getUint32(45), made[49]]).toEqual([9, 11811, 11811, 1]);
    expect(view.getUint32(50)).toBe(crc32(made.subarray(37, 50)));
  });
});
