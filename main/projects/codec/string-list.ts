import { readPlanes, writePlanes } from './byte-planes.ts';

/** A list of strings as bytes: their number, their lengths in UTF-16 units (byte planes), their text in UTF-8. */
export function encodeStrings(strings: readonly string[]): Uint8Array {
  const text = Buffer.from(strings.join(''), 'utf8');
  const out = new Uint8Array(4 + 4 * strings.length + text.length);
  new DataView(out.buffer).setUint32(0, strings.length, true);
  writePlanes(
    Uint32Array.from(strings, (string) => string.length),
    4,
    out,
    4,
  );
  out.set(text, 4 + 4 * strings.length);
  return out;
}

/** @throws RangeError when the bytes do not fit together */
export function decodeStrings(bytes: Uint8Array): string[] {
  const n = bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  if (n < 0 || bytes.length < 4 + 4 * n) throw new RangeError('list of strings that ends too early');
  const lengths = new Uint32Array(n);
  readPlanes(bytes, 4, n, 4, 0, n, lengths);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + 4 + 4 * n, bytes.length - 4 - 4 * n).toString('utf8');
  const strings = new Array<string>(n);
  let at = 0;
  for (let i = 0; i < n; i++) strings[i] = text.slice(at, (at += lengths[i]));
  if (at !== text.length) throw new RangeError('list of strings whose lengths do not add up');
  return strings;
}
