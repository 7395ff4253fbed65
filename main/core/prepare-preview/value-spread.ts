import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { Pacer } from '../../preprocess/pacer.ts';
import { histogram, type Histogram } from '../../preprocess/quality/histogram.ts';

/** Values of a sample of cells, and what they add up to per cell. */
export interface Spread {
  /** Values other than 0. */
  values: Histogram;
  zeroShare: number;
  min: number;
  max: number;
  mean: number;
  /** Quantiles of the total per cell, at `totalQuantiles`. */
  totals: number[];
}

export const totalQuantiles = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

const BARS = 60;
/** Values that a histogram is made of; more would not change its shape. */
const MOST_VALUES = 2_000_000;
/** Cells that are made dense together. */
const BATCH = 16;

/** @param rows positions in the source */
export async function spreadOf(source: ExpressionSource, rows: Uint32Array, pacer: Pacer): Promise<Spread> {
  const { nVar } = source;
  const batch = new Float32Array(BATCH * nVar);
  const totals = new Float64Array(rows.length);
  const drawn = new Float32Array(MOST_VALUES);
  // Every n-th value other than 0, so that they fit whatever the density is.
  const keepEvery = Math.max(1, Math.ceil((rows.length * nVar) / MOST_VALUES));
  let [nDrawn, seen, nZero, sum, min, max] = [0, 0, 0, 0, Infinity, -Infinity];
  for (let start = 0; start < rows.length; start += BATCH) {
    const part = rows.subarray(start, start + BATCH);
    source.denseBatch(part, batch);
    for (let r = 0; r < part.length; r++) {
      let total = 0;
      for (let j = r * nVar; j < (r + 1) * nVar; j++) {
        const value = batch[j];
        total += value;
        if (value === 0) {
          nZero++;
          continue;
        }
        if (value < min) min = value;
        if (value > max) max = value;
        if (seen++ % keepEvery === 0) drawn[nDrawn++] = value;
      }
      totals[start + r] = total;
      sum += total;
      if (pacer.due()) await pacer.pause(start / rows.length);
    }
  }
  const n = rows.length * nVar;
  return {
    values: histogram(drawn.subarray(0, nDrawn), BARS, false),
    zeroShare: nZero / n,
    min: seen === 0 ? 0 : nZero > 0 ? Math.min(min, 0) : min,
    max: seen === 0 ? 0 : nZero > 0 ? Math.max(max, 0) : max,
    mean: sum / n,
    totals: quantilesOf(totals),
  };
}

/** With linear interpolation between neighbours. */
function quantilesOf(values: Float64Array): number[] {
  const sorted = values.toSorted();
  return totalQuantiles.map((share) => {
    const at = share * (sorted.length - 1);
    const low = sorted[Math.floor(at)];
    return low + (at - Math.floor(at)) * (sorted[Math.ceil(at)] - low);
  });
}
