import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitVector } from './bit-vector.ts';
import { EliasFano } from './elias-fano.ts';

const bits = fc.array(fc.boolean(), { minLength: 1, maxLength: 2000 });

function vectorOf(flags: readonly boolean[]): BitVector {
  const words = new Uint32Array(Math.ceil(flags.length / 32));
  flags.forEach((flag, i) => {
    if (flag) words[i >>> 5] |= 1 << (i & 31);
  });
  return new BitVector(words, flags.length);
}

describe('BitVector', () => {
  it('counts and finds ones and zeros as a plain scan does', () => {
    fc.assert(
      fc.property(bits, (flags) => {
        const vector = vectorOf(flags);
        let ones = 0;
        let zeros = 0;
        flags.forEach((flag, i) => {
          expect(vector.rank(i)).toBe(ones);
          expect(vector.get(i)).toBe(flag);
          if (flag) expect(vector.select(ones++)).toBe(i);
          else expect(vector.selectZero(zeros++)).toBe(i);
        });
        expect(vector.rank(flags.length)).toBe(ones);
        expect(vector.ones).toBe(ones);
      }),
      { numRuns: 60 },
    );
  });
});

/** Sets from nearly empty to full, in universes up to 2⁵³. */
const sets = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom(1, 2, 7, 100, 2 ** 20, 2 ** 43))
  .chain(([n, spread]) =>
    fc.tuple(
      fc.uniqueArray(
        fc.maxSafeInteger().map((value) => Math.abs(value) % Math.max(1, n * spread)),
        { maxLength: n },
      ),
      fc.constant(Math.max(1, n * spread)),
    ),
  )
  .map(([values, universe]) => ({ values: values.sort((a, b) => a - b), universe }));

describe('EliasFano', () => {
  it('holds any set: by rank, by position, as an array and through bytes', () => {
    fc.assert(
      fc.property(sets, fc.nat(), ({ values, universe }, other) => {
        const made = EliasFano.from(values, values.length, universe);
        const set = EliasFano.fromBytes(made.toBytes());
        expect(Array.from(set.toArray())).toEqual(values);
        values.forEach((value, k) => {
          expect(set.at(k)).toBe(value);
          expect(set.rankOf(value)).toBe(k);
        });
        const somewhere = other % universe;
        expect(set.rankOf(somewhere)).toBe(values.indexOf(somewhere));
      }),
      { numRuns: 200 },
    );
  });

  it('takes at most 2 + log2(universe / n) bits a number and a few words', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => i * 17 + (i % 5));
    const bytes = EliasFano.from(values, values.length, 170_000).toBytes().length;
    expect((bytes - 32) * 8).toBeLessThanOrEqual(values.length * (2 + Math.log2(17)));
  });

  it('refuses bytes whose parts do not fit together', () => {
    const bytes = EliasFano.from([3, 5, 900], 3, 1000).toBytes();
    expect(() => EliasFano.fromBytes(bytes.subarray(0, 12))).toThrow('index of the zeros is damaged');
    expect(() => EliasFano.fromBytes(bytes.subarray(0, bytes.length - 4))).toThrow('index of the zeros is damaged');
    const flipped = bytes.slice();
    flipped[flipped.length - 1] ^= 64;
    expect(() => EliasFano.fromBytes(flipped)).toThrow('index of the zeros is damaged');
  });
});
