import { describe, expect, it } from 'vitest';
import { finerGrid } from './finer-grid.ts';

/** A lattice with steps of 10. */
function lattice(
  columns: number,
  rows: number,
  without: (x: number, y: number) => boolean = () => false,
): Float64Array {
  const values: number[] = [];
  for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) if (!without(x, y)) values.push(10 * x, 10 * y);
  return Float64Array.from(values);
}

describe('a finer grid', () => {
  it('has the factor times as many places in each direction, and knows the spot next to each', async () => {
    const values = lattice(12, 9);
    const grid = await finerGrid({ nDim: 2, values }, 4);
    expect(grid.step).toBeCloseTo(2.5, 9);
    const inside = grid.nearest.filter((_, i) => {
      const [x, y] = grid.positions.subarray(2 * i);
      return x >= 0 && x < 110 && y >= 0 && y < 80;
    });
    expect(inside.length).toBe(11 * 4 * 8 * 4);
    grid.nearest.forEach((spot, i) => {
      const away = Math.hypot(
        grid.positions[2 * i] - values[2 * spot],
        grid.positions[2 * i + 1] - values[2 * spot + 1],
      );
      expect(away).toBeLessThanOrEqual(10 + 1e-9);
    });
  });

  it('leaves out what is far from all spots', async () => {
    const hole = (x: number, y: number): boolean => Math.hypot(x - 10, y - 10) < 6;
    const { positions } = await finerGrid({ nDim: 2, values: lattice(21, 21, hole) }, 2);
    let inHole = 0;
    for (let at = 0; at < positions.length; at += 2)
      if (Math.hypot(positions[at] - 100, positions[at + 1] - 100) < 45) inHole++;
    expect(inHole).toBe(0);
  });

  it('fills each section of a stack', async () => {
    const flat = lattice(5, 5);
    const values = new Float64Array(2 * 25 * 3);
    for (let i = 0; i < 50; i++) values.set([flat[2 * (i % 25)], flat[2 * (i % 25) + 1], i < 25 ? 0 : 50], 3 * i);
    const { positions } = await finerGrid({ nDim: 3, values }, 2);
    const levels = new Set(positions.filter((_, at) => at % 3 === 2));
    expect([...levels]).toEqual([0, 50]);
  });

  it('says what it cannot do', async () => {
    await expect(finerGrid({ nDim: 2, values: Float64Array.of(1, 1) }, 2)).rejects.toThrow('no distances');
    const far = Float64Array.of(0, 0, 1, 0, 1e6, 1e6, 1e6 + 1, 1e6);
    await expect(finerGrid({ nDim: 2, values: far }, 4)).rejects.toMatchObject({ code: 'bad-option' });
  });
});
