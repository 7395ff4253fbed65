import { RangeDecoder } from '../entropy/range-decoder.ts';
import { RangeEncoder } from '../entropy/range-encoder.ts';
import type { Order } from './patches.ts';

/** Places of cells, then of genes, each in as many bits as the largest needs. */
export function encodeOrder(order: Order): Uint8Array {
  const encoder = new RangeEncoder();
  for (const places of [order.obs, order.var]) {
    const width = placeBits(places.length);
    for (const place of places) {
      encoder.bits(place >>> 16, Math.max(0, width - 16));
      encoder.bits(place & 0xffff, Math.min(16, width));
    }
  }
  return encoder.finish();
}

/** A damaged order gives wrong places, which the checksum of the matrix finds. */
export function decodeOrder(bytes: Uint8Array, nObs: number, nVar: number): Order {
  const decoder = new RangeDecoder(bytes);
  const read = (n: number): Uint32Array => {
    const width = placeBits(n);
    return Uint32Array.from({ length: n }, () => {
      const high = decoder.bits(Math.max(0, width - 16));
      return Math.min(n - 1, high * 65_536 + decoder.bits(Math.min(16, width)));
    });
  };
  const obs = read(nObs);
  return { obs, var: read(nVar) };
}

function placeBits(n: number): number {
  return Math.max(1, 32 - Math.clz32(Math.max(1, n - 1)));
}
