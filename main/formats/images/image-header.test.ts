import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { imageHeader } from './image-header.ts';

/** The smallest JPEG there can be up to its frame header: a comment, a table, then the frame. */
const jpeg = Uint8Array.of(
  ...[0xff, 0xd8, 0xff, 0xfe, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 3, 9],
  ...[0xff, 0xc2, 0, 11, 8, 0x01, 0x2c, 0x02, 0x58, 1, 1, 0x11, 0],
);

describe('imageHeader', () => {
  it('reads the size of a PNG', () => {
    const png = encode({ width: 7, height: 5, data: new Uint8Array(7 * 5 * 3), channels: 3, depth: 8 });
    expect(imageHeader(png)).toEqual({ mediaType: 'image/png', width: 7, height: 5 });
  });

  it('goes over the other segments of a JPEG', () => {
    expect(imageHeader(jpeg)).toEqual({ mediaType: 'image/jpeg', width: 600, height: 300 });
    expect(imageHeader(jpeg.subarray(0, 20))).toBeNull();
  });

  it('tells TIFF, and what is no picture', () => {
    expect(imageHeader(Buffer.from('II*\0....'))).toMatchObject({ mediaType: 'image/tiff', width: null });
    expect(imageHeader(Buffer.from('MM\0*....'))).toMatchObject({ mediaType: 'image/tiff' });
    expect(imageHeader(Buffer.from('barcode,in_tissue'))).toBeNull();
    expect(imageHeader(new Uint8Array(0))).toBeNull();
  });
});
