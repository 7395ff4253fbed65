/**
 * Byte planes: all lowest bytes first, then all second bytes … Small numbers then leave whole planes of zeros, which
 * compress to nothing, and the exponent bytes of floats stand together. On the 2,638 × 13,714 PBMC counts (2.2 M
 * entries) planes of delta-coded indices take 0.69 bytes an entry under zstd level 3; plain delta-coded uint32 take
 * 1.04 and raw uint32 take 1.32, and planes are also the fastest of the three both ways.
 */

/** Bytes needed for the largest of some unsigned 32-bit numbers: 1 to 4. */
export function planesFor(largest: number): 1 | 2 | 3 | 4 {
  if (largest < 0x100) return 1;
  if (largest < 0x10000) return 2;
  return largest < 0x1000000 ? 3 : 4;
}

/** Writes the lowest `planes` bytes of each number plane by plane at `offset`; gives the offset behind them. */
export function writePlanes(numbers: Uint32Array, planes: number, out: Uint8Array, offset: number): number {
  const n = numbers.length;
  for (let plane = 0; plane < planes; plane++) {
    const shift = plane * 8;
    for (let i = 0; i < n; i++) out[offset + i] = numbers[i] >>> shift;
    offset += n;
  }
  return offset;
}

/**
 * Reads numbers `[from, to)` of `n` that `writePlanes` wrote at `offset`, without touching the others.
 * @param out filled from `at` on; nothing is allocated.
 */
export function readPlanes(
  bytes: Uint8Array,
  offset: number,
  n: number,
  planes: number,
  from: number,
  to: number,
  out: Uint32Array,
  at = 0,
): void {
  const count = to - from;
  const first = offset + from;
  for (let i = 0; i < count; i++) out[at + i] = bytes[first + i];
  for (let plane = 1; plane < planes; plane++) {
    const start = first + plane * n;
    const shift = plane * 8;
    for (let i = 0; i < count; i++) {
      const byte = bytes[start + i];
      if (byte !== 0) out[at + i] |= byte << shift;
    }
  }
}

/** Regroups an array of `size`-byte elements by byte position: [n, size] becomes [size, n]. */
export function splitElements(bytes: Uint8Array, size: number): Uint8Array {
  const n = bytes.length / size;
  const out = new Uint8Array(bytes.length);
  for (let plane = 0; plane < size; plane++)
    for (let i = 0, from = plane, to = plane * n; i < n; i++, from += size, to++) out[to] = bytes[from];
  return out;
}

/** Undoes `splitElements` into `out`. */
export function joinElements(bytes: Uint8Array, size: number, out: Uint8Array): void {
  const n = bytes.length / size;
  for (let plane = 0; plane < size; plane++)
    for (let i = 0, from = plane * n, to = plane; i < n; i++, from++, to += size) out[to] = bytes[from];
}
