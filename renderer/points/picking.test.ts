import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGridIndex } from './grid-index.ts';
import { boxPolygon, pointsInside } from './polygon.ts';

const coordinate = fc.float({ min: -100, max: 100, noNaN: true });
const cloud = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 80 });

describe('nearest point', () => {
  it('is the one that a look at all of them finds', () => {
    fc.assert(
      fc.property(
        cloud,
        coordinate,
        coordinate,
        fc.float({ min: Math.fround(0.5), max: 60, noNaN: true }),
        (points, x, y, radius) => {
          const flat = Float32Array.from(points.flat());
          const distances = points.map((_, i) => Math.hypot(flat[2 * i] - x, flat[2 * i + 1] - y));
          const found = createGridIndex(flat).nearest(x, y, radius);
          const best = Math.min(...distances);
          if (best > radius) expect(found).toBe(-1);
          else expect(distances[found]).toBeCloseTo(best, 6);
        },
      ),
    );
  });

  it('leaves out hidden points and those that are not numbers', () => {
    const index = createGridIndex(Float32Array.of(0, 0, 1, 1, NaN, NaN));
    expect(index.nearest(0.1, 0, 5)).toBe(0);
    expect(index.nearest(0.1, 0, 5, (point) => point !== 0)).toBe(1);
  });

  it('works where all points lie in one place or one line', () => {
    expect(createGridIndex(Float32Array.of(2, 2, 2, 2)).nearest(2, 2, 1)).toBeGreaterThanOrEqual(0);
    expect(createGridIndex(Float32Array.of(0, 5, 10, 5, 20, 5)).nearest(19, 5, 2)).toBe(2);
    expect(createGridIndex(new Float32Array(0)).nearest(0, 0, 1)).toBe(-1);
  });
});

describe('points inside a polygon', () => {
  it('are those between the sides of a box', () => {
    fc.assert(
      fc.property(cloud, coordinate, coordinate, coordinate, coordinate, (points, x0, y0, x1, y1) => {
        const flat = Float32Array.from(points.flat());
        const mask = pointsInside(flat, boxPolygon(x0, y0, x1, y1));
        points.forEach((_, i) => {
          const [x, y] = [flat[2 * i], flat[2 * i + 1]];
          const strictly = x > Math.min(x0, x1) && x < Math.max(x0, x1) && y > Math.min(y0, y1) && y < Math.max(y0, y1);
          const atAll =
            x >= Math.min(x0, x1) && x <= Math.max(x0, x1) && y >= Math.min(y0, y1) && y <= Math.max(y0, y1);
          if (strictly) expect(mask[i]).toBe(1);
          if (!atAll) expect(mask[i]).toBe(0);
        });
      }),
    );
  });

  it('follow the bay of a U and leave its middle out', () => {
    const u = [0, 0, 9, 0, 9, 9, 6, 9, 6, 3, 3, 3, 3, 9, 0, 9];
    expect([...pointsInside(Float32Array.of(1, 8, 4.5, 8, 8, 8, 4.5, 1), u)]).toEqual([1, 0, 1, 1]);
  });

  it('are none for less than a triangle', () => {
    expect([...pointsInside(Float32Array.of(0, 0), [0, 0, 1, 1])]).toEqual([0]);
  });
});
