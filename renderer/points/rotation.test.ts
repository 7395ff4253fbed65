import { describe, expect, it } from 'vitest';
import { boundsOf, flattened, middleOf, NO_ROTATION, orbited, radiusOf } from './rotation.ts';

describe('rotation', () => {
  it('turns rigidly however often it is turned', () => {
    let rotation = NO_ROTATION;
    for (let i = 0; i < 500; i++) rotation = orbited(rotation, 0.03, -0.02);
    for (const row of [0, 3, 6])
      expect(Math.hypot(rotation[row], rotation[row + 1], rotation[row + 2])).toBeCloseTo(1, 9);
    expect(rotation[0] * rotation[3] + rotation[1] * rotation[4] + rotation[2] * rotation[5]).toBeCloseTo(0, 9);
  });

  it('brings the back to the front by half a turn about the upright axis', () => {
    const flat = flattened(Float32Array.of(1, 2, 3), 3, orbited(NO_ROTATION, Math.PI, 0), [0, 0, 0]);
    expect(flat[0]).toBeCloseTo(-1);
    expect(flat[1]).toBeCloseTo(2);
  });

  it('leaves two dimensions alone', () => {
    const positions = Float32Array.of(1, 2, 3, 4);
    expect(flattened(positions, 2, NO_ROTATION, [0, 0, 0])).toBe(positions);
  });

  it('measures boxes, and leaves out what is not a number', () => {
    expect(boundsOf(Float32Array.of(1, 5, NaN, NaN, -2, 7))).toEqual({ minX: -2, maxX: 1, minY: 5, maxY: 7 });
    expect(boundsOf(new Float32Array(0))).toEqual({ minX: 0, maxX: 1, minY: 0, maxY: 1 });
    expect(middleOf(Float32Array.of(0, 0, 0, 2, 4, 8, NaN, NaN, NaN), 3)).toEqual([1, 2, 4]);
    expect(radiusOf(Float32Array.of(0, 3, 4), [0, 0, 0])).toBeCloseTo(5);
  });
});
