import { LacunaError } from '../../errors/lacuna-error.ts';

/** Several streams as one section: their number, their lengths (uint32 little-endian), and the streams. */
export function packStreams(streams: readonly Uint8Array[]): Uint8Array {
  const head = 4 + 4 * streams.length;
  const out = new Uint8Array(head + streams.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(out.buffer);
  view.setUint32(0, streams.length, true);
  let at = head;
  streams.forEach((stream, s) => {
    view.setUint32(4 + 4 * s, stream.length, true);
    out.set(stream, at);
    at += stream.length;
  });
  return out;
}

/** @throws LacunaError `bad-file` */
export function unpackStreams(bytes: Uint8Array, expected: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const n = bytes.length >= 4 ? view.getUint32(0, true) : -1;
  const streams: Uint8Array[] = [];
  let at = 4 + 4 * n;
  if (n === expected && at <= bytes.length) {
    for (let s = 0; s < n; s++) {
      const length = view.getUint32(4 + 4 * s, true);
      streams.push(bytes.subarray(at, at + length));
      at += length;
    }
  }
  if (n === expected && at === bytes.length) return streams;
  throw new LacunaError('bad-file', 'The parts of this file do not fit together.', 'Take another copy of the file.');
}
