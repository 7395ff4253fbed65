import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AS_IT_IS, flippedAcross, flippedOver, isAsItIs, planeRotation, turned, type PlaneView } from './plane-view.ts';
import { flattened } from './rotation.ts';

const anyView = fc.record({ mirrored: fc.boolean(), degrees: fc.integer({ min: 0, max: 359 }) });

/** Where a point comes to lie on a screen, to the right and down. */
function onScreen(view: PlaneView, yDown: boolean, x: number, y: number): [number, number] {
  const [a, b] = flattened(Float32Array.of(x, y), 2, planeRotation(view, yDown), [0, 0, 0]);
  return [a, yDown ? b : -b];
}

describe('how a map lies', () => {
  it('flips what is seen, whatever was done before', () => {
    fc.assert(
      fc.property(anyView, fc.boolean(), (view, yDown) => {
        const [x, y] = onScreen(view, yDown, 3, 7);
        const across = onScreen(flippedAcross(view), yDown, 3, 7);
        const over = onScreen(flippedOver(view), yDown, 3, 7);
        expect(across[0]).toBeCloseTo(-x, 4);
        expect(across[1]).toBeCloseTo(y, 4);
        expect(over[0]).toBeCloseTo(x, 4);
        expect(over[1]).toBeCloseTo(-y, 4);
      }),
    );
  });

  it('turns clockwise on the screen, whichever way y grows', () => {
    // What is on the right comes to the bottom.
    for (const yDown of [true, false]) {
      const [x, y] = onScreen(turned(AS_IT_IS, 90), yDown, 1, 0);
      expect(x).toBeCloseTo(0, 6);
      expect(y).toBeCloseTo(1, 6);
    }
  });

  it('is back after four quarter turns and after two flips', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect([90, 90, 90, 90].reduce(turned, view)).toEqual(view);
        expect(flippedAcross(flippedAcross(view))).toEqual(view);
        expect(flippedOver(flippedOver(view))).toEqual(view);
      }),
    );
    expect(isAsItIs(turned(AS_IT_IS, 360))).toBe(true);
  });
});
