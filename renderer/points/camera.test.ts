import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitCamera, panned, toData, toScreen, zoomedAt } from './camera.ts';

const size = { width: 400, height: 300 };
const bounds = { minX: 10, maxX: 110, minY: -50, maxY: 150 };

describe('camera', () => {
  it('shows the whole box with the same scale on both axes', () => {
    const camera = fitCamera(bounds, size, false, 20);
    expect(camera.scale).toBeCloseTo(260 / 200);
    expect(toScreen(camera, size, 60, 150)[1]).toBeCloseTo(20);
    expect(toScreen(camera, size, 60, -50)[1]).toBeCloseTo(280);
  });

  it('turns y over for images', () => {
    const camera = fitCamera(bounds, size, true, 20);
    expect(toScreen(camera, size, 60, 150)[1]).toBeCloseTo(280);
  });

  it('has a scale for one point, and for points in one line', () => {
    expect(fitCamera({ minX: 3, maxX: 3, minY: 4, maxY: 4 }, size).scale).toBeGreaterThan(0);
    expect(fitCamera({ minX: 3, maxX: 8, minY: 4, maxY: 4 }, size).scale).toBeGreaterThan(0);
  });

  it('goes to the screen and back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 400, noNaN: true }),
        fc.double({ min: 0, max: 300, noNaN: true }),
        fc.boolean(),
        (x, y, down) => {
          const camera = fitCamera(bounds, size, down);
          const back = toScreen(camera, size, ...toData(camera, size, x, y));
          expect(back[0]).toBeCloseTo(x, 6);
          expect(back[1]).toBeCloseTo(y, 6);
        },
      ),
    );
  });

  it('keeps the place under the cursor where it is while zooming', () => {
    for (const down of [false, true]) {
      const camera = fitCamera(bounds, size, down);
      const before = toData(camera, size, 37, 210);
      const after = toData(zoomedAt(camera, size, 37, 210, 3.7), size, 37, 210);
      expect(after[0]).toBeCloseTo(before[0]);
      expect(after[1]).toBeCloseTo(before[1]);
    }
  });

  it('moves with the hand', () => {
    for (const down of [false, true]) {
      const camera = fitCamera(bounds, size, down);
      const [x, y] = toScreen(camera, size, 40, 20);
      const moved = toScreen(panned(camera, 15, -8), size, 40, 20);
      expect(moved[0]).toBeCloseTo(x + 15);
      expect(moved[1]).toBeCloseTo(y - 8);
    }
  });
});
