import { planesFor, readPlanes, writePlanes } from './byte-planes.ts';
import { compress, decompress } from './zstd.ts';

/**
 * The stored form of a few consecutive lines of a sparse matrix. Lines are observations in the main copy and variables
 * in the gene-major copy; the codec does not care. Layout before compression, all little-endian:
 *
 *     byte 0     layout version (1)
 *     byte 1     planes of an index step (1–4)
 *     byte 2     kind of the values: 1, 2, 3 or 4 bytes of an unsigned integer, or 0 for float32 bits
 *     byte 3     0
 *     4…7, 8…11  number of lines, number of entries (uint32)
 *     then, in byte planes: entries per line (4 planes), index steps, values
 *
 * An index step is the distance from the index before it in the same line. Integers from 0 to 2^32-1 stay integers;
 * everything else (and -0) keeps its float32 bits. All values therefore come back bit for bit.
 */
export interface SparseLines {
  /** [nLines + 1], offsets into `indices` and `values`, `indptr[0]` may be anything. */
  indptr: Uint32Array;
  /** Ascending within a line. */
  indices: Uint32Array;
  values: Float32Array;
}

const headerBytes = 12;
const layoutVersion = 1;

/** Packs all lines of `lines`. */
export function encodeChunk(lines: SparseLines): Uint8Array {
  const nLines = lines.indptr.length - 1;
  const begin = lines.indptr[0];
  const nnz = lines.indptr[nLines] - begin;
  const steps = new Uint32Array(nnz);
  const lengths = new Uint32Array(nLines);
  let largestStep = 0;
  for (let line = 0; line < nLines; line++) {
    const from = lines.indptr[line];
    const to = lines.indptr[line + 1];
    lengths[line] = to - from;
    let before = 0;
    for (let i = from; i < to; i++) {
      const step = lines.indices[i] - before;
      steps[i - begin] = step;
      before = lines.indices[i];
      if (step > largestStep) largestStep = step;
    }
  }
  const values = lines.values.subarray(begin, begin + nnz);
  const integers = asIntegers(values);
  const stepPlanes = planesFor(largestStep);
  const valuePlanes = integers?.planes ?? 4;
  const out = new Uint8Array(headerBytes + 4 * nLines + (stepPlanes + valuePlanes) * nnz);
  const view = new DataView(out.buffer);
  out[0] = layoutVersion;
  out[1] = stepPlanes;
  out[2] = integers?.planes ?? 0;
  view.setUint32(4, nLines, true);
  view.setUint32(8, nnz, true);
  let offset = writePlanes(lengths, 4, out, headerBytes);
  offset = writePlanes(steps, stepPlanes, out, offset);
  writePlanes(integers?.numbers ?? new Uint32Array(values.slice().buffer), valuePlanes, out, offset);
  return compress(out);
}

function asIntegers(values: Float32Array): { numbers: Uint32Array; planes: 1 | 2 | 3 | 4 } | null {
  const numbers = new Uint32Array(values.length);
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const number = values[i] >>> 0;
    if (number !== values[i] || Object.is(values[i], -0)) return null;
    numbers[i] = number;
    if (number > largest) largest = number;
  }
  return { numbers, planes: planesFor(largest) };
}

/** A chunk after decompression, from which lines are read. */
export interface OpenChunk {
  bytes: Uint8Array;
  nLines: number;
  nnz: number;
  /** [nLines + 1] */
  indptr: Uint32Array;
}

/**
 * @param expected what the row beside the chunk says about it; a chunk that says otherwise is damaged.
 * @throws RangeError when the bytes do not fit together (after a correct checksum that is a fault of the writer)
 */
export function openChunk(packed: Uint8Array, expected: { nLines: number; nnz: number }): OpenChunk {
  const { nLines, nnz } = expected;
  const bytes = decompress(packed, headerBytes + 4 * nLines + 8 * nnz);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes || bytes[0] !== layoutVersion)
    throw new RangeError(`chunk of unknown layout ${bytes[0]}`);
  const size = headerBytes + 4 * nLines + (bytes[1] + (bytes[2] || 4)) * nnz;
  if (view.getUint32(4, true) !== nLines || view.getUint32(8, true) !== nnz || bytes.length !== size)
    throw new RangeError('chunk of another size than its row says');
  const lengths = new Uint32Array(nLines);
  readPlanes(bytes, headerBytes, nLines, 4, 0, nLines, lengths);
  const indptr = new Uint32Array(nLines + 1);
  for (let line = 0; line < nLines; line++) indptr[line + 1] = indptr[line] + lengths[line];
  if (indptr[nLines] !== nnz) throw new RangeError('chunk whose lines do not add up');
  return { bytes, nLines, nnz, indptr };
}

/** Lines `[from, to)` written into `indices` and `values` from position `at` on. */
export function readLines(
  chunk: OpenChunk,
  from: number,
  to: number,
  indices: Uint32Array,
  values: Float32Array,
  at = 0,
): void {
  const { bytes, nLines, nnz, indptr } = chunk;
  const begin = indptr[from];
  const end = indptr[to];
  const count = end - begin;
  const stepsAt = headerBytes + 4 * nLines;
  const valuesAt = stepsAt + bytes[1] * nnz;
  readPlanes(bytes, stepsAt, nnz, bytes[1], begin, end, indices, at);
  for (let line = from; line < to; line++) {
    let index = 0;
    for (let i = at + indptr[line] - begin, last = at + indptr[line + 1] - begin; i < last; i++) {
      index += indices[i];
      indices[i] = index;
    }
  }
  if (bytes[2] === 0) {
    readPlanes(bytes, valuesAt, nnz, 4, begin, end, new Uint32Array(values.buffer, values.byteOffset + 4 * at, count));
  } else if (bytes[2] === 1) {
    for (let i = 0; i < count; i++) values[at + i] = bytes[valuesAt + begin + i];
  } else {
    const numbers = new Uint32Array(count);
    readPlanes(bytes, valuesAt, nnz, bytes[2], begin, end, numbers);
    for (let i = 0; i < count; i++) values[at + i] = numbers[i];
  }
}
