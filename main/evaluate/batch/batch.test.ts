import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findNeighbours } from '../../embed/neighbours.ts';
import { batchMixing, type NeighbourSearch } from './batch-mixing.ts';
import { batchSilhouette } from './batch-silhouette.ts';
import { chiSquareTail } from './chi-square-tail.ts';
import { kbetNeighbourhood } from './kbet.ts';

interface Golden {
  cases: {
    name: string;
    nDim: number;
    points: number[];
    batch: number[];
    types: number[];
    median: number;
    ilisi: number;
    silhouette_batch: number;
    kbet_accept: number;
    k: number;
  }[];
  chiSquareTails: [number, number, number][];
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'batch.golden.json'), 'utf8')) as Golden;

const neighbours: NeighbourSearch = (values, nDim, k) =>
  findNeighbours({ values, nDim, nObs: values.length / nDim }, k, { exact: true });

describe('batch mixing', () => {
  it.each(golden.cases)('is what NumPy, SciPy and scikit-learn find: $name', async (wanted) => {
    const { values, settings } = await batchMixing(
      Float32Array.from(wanted.points),
      wanted.nDim,
      Int32Array.from(wanted.batch),
      Int32Array.from(wanted.types),
      neighbours,
    );
    // The entropy is met within 1e-5, as published; the index follows to that.
    expect(Math.abs(values.ilisi - wanted.ilisi)).toBeLessThan(2e-5);
    expect(Math.abs(values.silhouette_batch - wanted.silhouette_batch)).toBeLessThan(1e-9);
    expect(values.kbet_accept).toBeCloseTo(wanted.kbet_accept, 12);
    expect(settings).toMatchObject({ kbet: { k: wanted.k }, exactNeighbours: true });
  });

  it('leaves out cells without a batch', async () => {
    const { nDim, points, batch, types } = golden.cases[1];
    const some = Int32Array.from(batch, (code, i) => (i % 5 === 0 ? -1 : code + 3));
    const kept = batch
      .keys()
      .filter((i) => i % 5 !== 0)
      .toArray();
    const [all, few] = await Promise.all([
      batchMixing(Float32Array.from(points), nDim, some, Int32Array.from(types), neighbours),
      batchMixing(
        Float32Array.from(kept.flatMap((i) => points.slice(i * nDim, (i + 1) * nDim))),
        nDim,
        Int32Array.from(kept, (i) => batch[i]),
        Int32Array.from(kept, (i) => types[i]),
        neighbours,
      ),
    ]);
    expect(all.settings).toMatchObject({ nObs: 320, nBatches: 4 });
    for (const [metric, value] of Object.entries(few.values))
      expect(all.values[metric as keyof typeof few.values], metric).toBeCloseTo(value, 9);
  });

  it('needs two batches and enough cells', async () => {
    const { points, nDim } = golden.cases[0];
    const values = Float32Array.from(points);
    await expect(batchMixing(values, nDim, new Int32Array(400), null, neighbours)).rejects.toThrow('of one batch');
    const few = Int32Array.from({ length: 20 }, (_, i) => i % 2);
    await expect(batchMixing(values.slice(0, 20 * nDim), nDim, few, null, neighbours)).rejects.toThrow('too few');
  });
});

describe('batchSilhouette', () => {
  it('measures a sample of large groups, near to the whole', async () => {
    const { nDim, points, batch } = golden.cases[1];
    const values = Float32Array.from(points);
    const codes = Int32Array.from(batch);
    const whole = await batchSilhouette(values, nDim, codes, null);
    const some = await batchSilhouette(values, nDim, codes, null, {}, 250);
    expect(whole).toMatchObject({ nUsed: 400, nGroups: 1, sampled: false });
    expect(some).toMatchObject({ nUsed: 250, sampled: true });
    expect(Math.abs(some.value - whole.value)).toBeLessThan(0.05);
  });

  it('is not defined where no group has two batches', async () => {
    const codes = Int32Array.of(0, 0, 1, 1);
    const found = await batchSilhouette(Float32Array.of(1, 2, 3, 4), 1, codes, codes);
    expect(found).toEqual({ value: NaN, nGroups: 0, nUsed: 0, sampled: false });
  });
});

it('takes neighbourhoods of a quarter of the mean batch within limits', () => {
  expect([kbetNeighbourhood(90_000, 12), kbetNeighbourhood(600, 3), kbetNeighbourhood(60, 3)]).toEqual([70, 50, 10]);
});

it.each(golden.chiSquareTails)('knows the tail of χ² beyond %f with %i degrees of freedom', (x, df, tail) => {
  expect(Math.abs(chiSquareTail(x, df) - tail)).toBeLessThan(1e-12);
});
