import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdaptiveIntegers, decodeNatural, encodeNatural } from './adaptive-integers.ts';
import { RangeDecoder } from './range-decoder.ts';
import { RangeEncoder } from './range-encoder.ts';

describe('the range coder', () => {
  it('gives back any symbols under any frequencies', () => {
    const symbols = fc.array(
      fc.tuple(fc.nat(65_535), fc.nat(65_535), fc.integer({ min: 1, max: 65_536 })).map(([a, b, total]) => {
        const start = a % total;
        return { start, size: 1 + (b % (total - start)), total };
      }),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(symbols, (given) => {
        const encoder = new RangeEncoder();
        for (const { start, size, total } of given) encoder.encode(start, size, total);
        const decoder = new RangeDecoder(encoder.finish());
        for (const { start, size, total } of given) {
          const target = decoder.target(total);
          expect(target).toBeGreaterThanOrEqual(start);
          expect(target).toBeLessThan(start + size);
          decoder.consume(start, size);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('hands carries up through runs of 255', () => {
    const encoder = new RangeEncoder();
    // The topmost sliver again and again: the low end is a row of 255s until the last symbol tips it over.
    for (let i = 0; i < 50; i++) encoder.encode(65_535, 1, 65_536);
    encoder.encode(1, 1, 2);
    const decoder = new RangeDecoder(encoder.finish());
    for (let i = 0; i < 50; i++) {
      expect(decoder.target(65_536)).toBe(65_535);
      decoder.consume(65_535, 1);
    }
    expect(decoder.target(2)).toBe(1);
  });

  it('comes within 0.1 % of the entropy', () => {
    const encoder = new RangeEncoder();
    const n = 40_000;
    let ones = 0;
    for (let i = 0; i < n; i++) {
      const one = (i * 7919) % 100 < 3;
      if (one) ones++;
      encoder.encode(one ? 64_000 : 0, one ? 1536 : 64_000, 65_536);
    }
    const ideal = ones * Math.log2(65_536 / 1536) + (n - ones) * Math.log2(65_536 / 64_000);
    expect(encoder.finish().length * 8).toBeLessThan(ideal * 1.001 + 40);
  });
});

describe('whole numbers', () => {
  it('come back, small and large, negative and positive', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: -12, max: 12 }), fc.integer()), { maxLength: 500 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 300 }), (given, limit) => {
        const encoder = new RangeEncoder();
        const writing = new AdaptiveIntegers(limit);
        for (const value of given) writing.encode(encoder, value);
        const decoder = new RangeDecoder(encoder.finish());
        const reading = new AdaptiveIntegers(limit);
        for (const value of given) expect(reading.decode(decoder)).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('are exact up to 2^52 without a distribution', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 52 })), (given) => {
        const encoder = new RangeEncoder();
        for (const value of given) encodeNatural(encoder, value);
        const decoder = new RangeDecoder(encoder.finish());
        for (const value of given) expect(decodeNatural(decoder)).toBe(value);
      }),
    );
  });

  it('cost little once their distribution is known', () => {
    const encoder = new RangeEncoder();
    const model = new AdaptiveIntegers(20);
    for (let i = 0; i < 10_000; i++) model.encode(encoder, i % 10 === 0 ? 1 : 0);
    // The entropy of one in ten is 0.469 bits.
    expect((encoder.finish().length * 8) / 10_000).toBeLessThan(0.485);
  });
});
