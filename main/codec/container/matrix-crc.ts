import { crc32 } from 'node:zlib';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';

const PART = 2 ** 16;

/** CRC-32 of a matrix of whole numbers: offsets, indices, values as little-endian uint32. */
export function matrixCrc({ indptr, indices, values }: CsrMatrix): number {
  const buffer = new DataView(new ArrayBuffer(4 * PART));
  let crc = 0;
  for (const array of [indptr, indices, values]) {
    for (let start = 0; start < array.length; start += PART) {
      const n = Math.min(PART, array.length - start);
      for (let i = 0; i < n; i++) buffer.setUint32(4 * i, array[start + i], true);
      crc = crc32(new Uint8Array(buffer.buffer, 0, 4 * n), crc);
    }
  }
  return crc;
}
