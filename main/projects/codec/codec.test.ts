import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinElements, planesFor, readPlanes, splitElements, writePlanes } from './byte-planes.ts';
import { encodeChunk, openChunk, readLines } from './sparse-chunk.ts';
import type { SparseLines } from './sparse-chunk.ts';
import { decodeStrings, encodeStrings } from './string-list.ts';
import { compress, decompress } from './zstd.ts';

const index = fc.oneof(fc.nat(300), fc.nat(70_000), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const values = {
  counts: fc.oneof(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 300 }),
    fc.integer({ min: 1, max: 2 ** 24 }),
  ),
  real: fc.oneof(fc.float({ noDefaultInfinity: true }), fc.constant(-0), fc.constant(0)),
};

function chunkOf(value: fc.Arbitrary<number>): fc.Arbitrary<SparseLines> {
  const line = fc
    .uniqueArray(index, { maxLength: 12 })
    .chain((indices) =>
      fc.tuple(
        fc.constant([...indices].sort((a, b) => a - b)),
        fc.array(value, { minLength: indices.length, maxLength: indices.length }),
      ),
    );
  return fc.array(line, { maxLength: 8 }).map((lines) => {
    const indptr = new Uint32Array(lines.length + 1);
    lines.forEach(([indices], i) => (indptr[i + 1] = indptr[i] + indices.length));
    return {
      indptr,
      indices: Uint32Array.from(lines.flatMap(([indices]) => indices)),
      values: Float32Array.from(lines.flatMap(([, v]) => v)),
    };
  });
}

const bits = (array: Float32Array): Uint32Array => new Uint32Array(array.slice().buffer);

describe('chunk codec', () => {
  it.each(Object.entries(values))('gives back %s bit for bit, whole and in part', (_kind, value) => {
    fc.assert(
      fc.property(chunkOf(value), fc.nat(), fc.nat(), fc.nat(3), (lines, a, b, at) => {
        const nLines = lines.indptr.length - 1;
        const nnz = lines.indices.length;
        const open = openChunk(encodeChunk(lines), { nLines, nnz });
        expect(open.indptr).toEqual(lines.indptr);
        const [from, to] = [a % (nLines + 1), b % (nLines + 1)].sort((x, y) => x - y);
        const [begin, end] = [lines.indptr[from], lines.indptr[to]];
        const indices = new Uint32Array(at + end - begin);
        const read = new Float32Array(at + end - begin);
        readLines(open, from, to, indices, read, at);
        expect(indices.subarray(at)).toEqual(lines.indices.subarray(begin, end));
        expect(bits(read.subarray(at))).toEqual(bits(lines.values.subarray(begin, end)));
      }),
    );
  });

  it('packs lines that start in the middle of their arrays', () => {
    const lines = {
      indptr: Uint32Array.of(2, 3, 5),
      indices: Uint32Array.of(9, 9, 1, 4, 6),
      values: Float32Array.of(9, 9, 1, 2, 3),
    };
    const open = openChunk(encodeChunk(lines), { nLines: 2, nnz: 3 });
    const indices = new Uint32Array(3);
    const read = new Float32Array(3);
    readLines(open, 0, 2, indices, read);
    expect([...indices, ...read]).toEqual([1, 4, 6, 1, 2, 3]);
  });

  it('refuses a chunk that is not what its row says', () => {
    const packed = encodeChunk({
      indptr: Uint32Array.of(0, 1),
      indices: Uint32Array.of(3),
      values: Float32Array.of(1),
    });
    expect(() => openChunk(packed, { nLines: 1, nnz: 2 })).toThrow(RangeError);
    expect(() => openChunk(packed, { nLines: 2, nnz: 1 })).toThrow(RangeError);
    expect(() => openChunk(packed.subarray(0, packed.length - 3), { nLines: 1, nnz: 1 })).toThrow();
    expect(() => openChunk(compress(Uint8Array.of(2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)), { nLines: 0, nnz: 0 })).toThrow(
      'layout',
    );
  });
});

describe('byte planes', () => {
  it('give back any range of any numbers', () => {
    fc.assert(
      fc.property(fc.array(index), fc.nat(), fc.nat(), (list, a, b) => {
        const numbers = Uint32Array.from(list);
        const planes = planesFor(list.reduce((x, y) => Math.max(x, y), 0));
        const bytes = new Uint8Array(5 + planes * numbers.length);
        expect(writePlanes(numbers, planes, bytes, 5)).toBe(bytes.length);
        const [from, to] = [a % (list.length + 1), b % (list.length + 1)].sort((x, y) => x - y);
        const out = new Uint32Array(to - from);
        readPlanes(bytes, 5, numbers.length, planes, from, to, out);
        expect(out).toEqual(numbers.subarray(from, to));
      }),
    );
  });

  it('regroup elements and back', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 4, 8), fc.uint8Array({ maxLength: 40 }), (size, raw) => {
        const bytes = raw.slice(0, raw.length - (raw.length % size));
        const out = new Uint8Array(bytes.length);
        joinElements(splitElements(bytes, size), size, out);
        expect(out).toEqual(bytes);
      }),
    );
    expect([...splitElements(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 4)]).toEqual([1, 5, 2, 6, 3, 7, 4, 8]);
  });
});

describe('string lists', () => {
  it('give back any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (strings) => {
        expect(decodeStrings(encodeStrings(strings))).toEqual(strings);
      }),
    );
  });

  it('refuse bytes that do not fit together', () => {
    const bytes = encodeStrings(['one', 'two']);
    expect(() => decodeStrings(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
    expect(() => decodeStrings(bytes.subarray(0, 6))).toThrow(RangeError);
    expect(() => decodeStrings(new Uint8Array(0))).toThrow(RangeError);
  });
});

describe('zstd', () => {
  it('never unpacks more than was announced', () => {
    const packed = compress(new Uint8Array(100_000));
    expect(decompress(packed, 100_000)).toHaveLength(100_000);
    expect(() => decompress(packed, 99_999)).toThrow();
  });
});
