import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { madeCounts } from '../fixtures/made-counts.ts';
import { Pacer } from '../pacer.ts';
import { loess } from './loess.ts';
import { standardisedVariance } from './seurat-v3.ts';

const golden = JSON.parse(readFileSync(new URL('../preprocess.golden.json', import.meta.url), 'utf8'));

describe('loess', () => {
  it.each([0, 1])('agrees with scikit-misc, curve %i', (which) => {
    const { x, y, fitted } = golden.loess[which] as Record<string, number[]>;
    const ours = loess(Float64Array.from(x), Float64Array.from(y), 0.3);
    fitted.forEach((value, i) => expect(ours[i]).toBeCloseTo(value, 7));
  });

  it('follows a parabola exactly', () => {
    const x = Float64Array.from({ length: 50 }, (_, i) => Math.sqrt(i));
    const fitted = loess(
      x,
      x.map((v) => 3 - v + 0.5 * v * v),
      0.3,
    );
    x.forEach((v, i) => expect(fitted[i]).toBeCloseTo(3 - v + 0.5 * v * v, 9));
  });

  it('answers with the mean where all points lie above each other', () => {
    const fitted = loess(
      new Float64Array(20).fill(2),
      Float64Array.from({ length: 20 }, (_, i) => i),
      0.3,
    );
    fitted.forEach((value) => expect(value).toBeCloseTo(9.5, 9));
  });

  it('survives neighbourhoods that are one point many times over', () => {
    const x = Float64Array.from({ length: 100 }, (_, i) => (i < 60 ? 0 : i < 90 ? 1 : i - 80));
    const fitted = loess(
      x,
      x.map((v) => 2 * v),
      0.3,
    );
    fitted.forEach((value, i) => {
      expect(Number.isFinite(value)).toBe(true);
      if (x[i] <= 1) expect(value).toBeCloseTo(2 * x[i], 6);
    });
  });
});

describe('standardisedVariance', () => {
  it("agrees with scanpy's seurat_v3", async () => {
    const ours = await standardisedVariance(madeCounts(), new Pacer());
    (golden.variancesNorm as number[]).forEach((value, j) => expect(ours[j]).toBeCloseTo(value, 6));
  });
});
