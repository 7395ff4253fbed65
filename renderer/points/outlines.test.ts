import { describe, expect, it } from 'vitest';
import { chosenOutlines, outlineMesh } from './outlines.ts';

const square = [0, 0, 2, 0, 2, 2, 0, 2];
const triangle = [5, 5, 7, 5, 6, 7];
const outlines = { offsets: Int32Array.of(0, 4, 4, 7), vertices: Float32Array.of(...square, ...triangle) };
const centres = Float32Array.of(1, 1, 9, 9, 6, 5.5);

describe('outlines of cells', () => {
  it('closes every outline, and a cell without one has no lines', () => {
    const { lines, owner } = outlineMesh(outlines, centres);
    expect([...lines]).toEqual([0, 1, 1, 2, 2, 3, 3, 0, 4, 5, 5, 6, 6, 4]);
    expect([...owner]).toEqual([0, 0, 0, 0, 2, 2, 2, 0, 1, 2]);
  });

  it('fills as large an area as the outlines have', () => {
    const { triangles, positions } = outlineMesh(outlines, centres);
    let area = 0;
    for (let t = 0; t < triangles.length; t += 3) {
      const [a, b, c] = [0, 1, 2].map((i) => [positions[2 * triangles[t + i]], positions[2 * triangles[t + i] + 1]]);
      area += Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
    }
    expect(area).toBeCloseTo(4 + 2, 6);
  });

  it('picks the outlines of some points in their order', () => {
    const chosen = chosenOutlines(outlines, Int32Array.of(2, -1, 0));
    expect([...chosen.offsets]).toEqual([0, 3, 3, 7]);
    expect([...chosen.vertices]).toEqual([...triangle, ...square]);
  });
});
