import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { nearestByGrid } from './nearest-by-grid.ts';
import { nearestInSpace } from './nearest-in-space.ts';
import { spatialName } from './spatial-coordinates.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

/** Every distance, sorted. */
function byBruteForce(values: ArrayLike<number>, nDim: number, k: number): number[][] {
  const n = values.length / nDim;
  return Array.from({ length: n }, (_, i) => {
    const others = Array.from({ length: n }, (_, j) => {
      let squared = 0;
      for (let d = 0; d < nDim; d++) squared += (values[i * nDim + d] - values[j * nDim + d]) ** 2;
      return { j, squared };
    }).filter(({ j }) => j !== i);
    return others
      .sort((a, b) => a.squared - b.squared || a.j - b.j)
      .slice(0, k)
      .map(({ j }) => j);
  });
}

const rowsOf = (indices: Uint32Array, k: number): number[][] =>
  Array.from({ length: indices.length / k }, (_, i) => Array.from(indices.subarray(i * k, (i + 1) * k)));
const pause = (): Promise<void> => Promise.resolve();

describe('nearestByGrid', () => {
  const random = Random.from(3, 'points');
  const scattered = (n: number, nDim: number): Float64Array =>
    Float64Array.from({ length: n * nDim }, () => random.uniform() ** 3 * 50);
  const cases: [string, number, Float64Array][] = [
    ['scattered in the plane, denser in a corner', 2, scattered(400, 2)],
    ['scattered in space', 3, scattered(300, 3)],
    [
      'on a square grid, full of ties',
      2,
      Float64Array.from({ length: 2 * 144 }, (_, k) => (k % 2 === 0 ? Math.floor(k / 24) : (k >> 1) % 12)),
    ],
    ['on a line', 2, Float64Array.from({ length: 200 }, (_, k) => (k % 2 === 0 ? random.uniform() * 9 : 4))],
    ['all in one place', 2, new Float64Array(40).fill(7)],
    ['one far outlier', 2, Float64Array.from([...scattered(50, 2), 1e7, -1e7])],
  ];
  it.each(cases)('finds what brute force finds: %s', async (_, nDim, values) => {
    expect(rowsOf(await nearestByGrid({ nDim, values }, 10, pause), 10)).toEqual(byBruteForce(values, nDim, 10));
  });
});

describe('nearestInSpace', () => {
  it('finds what brute force finds', async () => {
    const values = Random.from(4, 'space').fillNormal(new Float32Array(300 * 8), 2);
    expect(rowsOf(await nearestInSpace(engine, { nDim: 8, values }, 7, pause), 7)).toEqual(byBruteForce(values, 8, 7));
  });
});

describe('spatialName', () => {
  it('takes positions, not embeddings', () => {
    expect(
      spatialName([
        { name: 'X_umap', nDim: 2 },
        { name: 'spatial', nDim: 2 },
      ]),
    ).toBe('spatial');
    expect(spatialName([{ name: 'X_spatial', nDim: 3 }])).toBe('X_spatial');
    expect(
      spatialName([
        { name: 'X_umap', nDim: 2 },
        { name: 'X_pca', nDim: 50 },
      ]),
    ).toBeNull();
  });
});
