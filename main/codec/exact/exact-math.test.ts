import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactExp, exactLog, exactSin } from './exact-math.ts';

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

describe('exact functions agree with the library', () => {
  it('exp', () => {
    fc.assert(fc.property(between(-650, 650), (x) => Math.abs(exactExp(x) / Math.exp(x) - 1) < 4e-15));
    expect(exactExp(0)).toBe(1);
    expect(exactExp(-800)).toBe(0);
  });

  it('log', () => {
    fc.assert(
      fc.property(between(-600, 600), (power) => {
        const x = Math.exp(power);
        return Math.abs(exactLog(x) - Math.log(x)) <= 2e-15 * Math.max(1, Math.abs(power));
      }),
    );
    expect(exactLog(1)).toBe(0);
  });

  it('sin', () => {
    fc.assert(fc.property(between(-1e4, 1e4), (x) => Math.abs(exactSin(x) - Math.sin(x)) < 2e-14));
    fc.assert(fc.property(between(-2, 2), (x) => Math.abs(exactSin(x) - Math.sin(x)) < 1e-15));
  });

  it('and give these very bits on every machine', () => {
    const bits = new Float64Array([exactExp(1.25), exactLog(7.5), exactSin(123.456)]);
    expect(Array.from(new BigUint64Array(bits.buffer), (word) => word.toString(16))).toMatchInlineSnapshot(`
      [
        "400bec38edb0faf0",
        "40001e85798eb9a3",
        "bfe9b9dadc41aeb5",
      ]
    `);
  });
});
