import { crc32, deflateSync } from 'node:zlib';

/**
 * Pixels as PNG (W3C Portable Network Graphics, third edition): 8 bits of red, green, blue and opacity each, lines
 * filtered by the difference to the pixel on the left. The same pixels give the same bytes.
 *
 * @param pixels [height, width, 4], row-major
 */
export function encodePng(pixels: Uint8Array, width: number, height: number): Buffer {
  const stride = width * 4;
  const lines = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    const to = y * (stride + 1);
    const from = y * stride;
    lines[to] = 1;
    for (let x = 0; x < stride; x++) lines[to + 1 + x] = pixels[from + x] - (x < 4 ? 0 : pixels[from + x - 4]);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
