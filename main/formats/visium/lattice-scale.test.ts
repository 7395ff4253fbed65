import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexagonalSpots } from '../testing/write-visium.ts';
import { latticeScale } from './lattice-scale.ts';

function scaleOf(spots: { row: number; col: number; x: number; y: number }[]): number | null {
  const column = (key: 'row' | 'col' | 'x' | 'y') => Float64Array.from(spots, (spot) => spot[key]);
  return latticeScale(column('row'), column('col'), column('x'), column('y'));
}

describe('latticeScale', () => {
  it('measures µm per pixel however the slide lies', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (scale, turn) => {
          expect(scaleOf(hexagonalSpots(6, 9, scale, turn))! / scale).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it('bears rounded pixels', () => {
    const spots = hexagonalSpots(20, 30, 0.7, 0.1).map((spot) => ({
      ...spot,
      x: Math.round(spot.x),
      y: Math.round(spot.y),
    }));
    expect(scaleOf(spots)).toBeCloseTo(0.7, 3);
  });

  it('does not answer for other lattices, or too few spots', () => {
    const square = Array.from({ length: 36 }, (_, i) => ({
      row: i % 6,
      col: Math.floor(i / 6),
      x: i % 6,
      y: Math.floor(i / 6),
    }));
    expect(scaleOf(square)).toBeNull();
    expect(scaleOf(hexagonalSpots(1, 30, 0.7))).toBeNull();
    expect(scaleOf([])).toBeNull();
    expect(scaleOf(hexagonalSpots(6, 9, 0.7).map((spot) => ({ ...spot, x: spot.x * 2 })))).toBeNull();
  });
});
