/** Ends of a colour scale. */
export interface ValueRange {
  min: number;
  max: number;
}

/** More than so many values are looked at in even steps; the ends of the scale hardly move by it. */
const MOST = 20_000;

/**
 * Lowest and highest value, and the range that leaves out the highest hundredth (and for values on both sides of 0 the
 * lowest too), over all pictures that share a scale.
 *
 * @returns null when there are no values
 */
export function rangesOf(arrays: readonly Float32Array[]): { full: ValueRange; clipped: ValueRange } | null {
  const total = arrays.reduce((sum, values) => sum + values.length, 0);
  const step = Math.max(1, Math.ceil(total / MOST));
  let min = Infinity;
  let max = -Infinity;
  const sample = new Float32Array(Math.ceil(total / step) + arrays.length);
  let nSampled = 0;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
      if (i % step === 0) sample[nSampled++] = value;
    }
  }
  if (min > max) return null;
  const sorted = sample.subarray(0, nSampled).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? min;
  const low = min < 0 ? at(0.01) : min;
  let high = at(0.99);
  // A gene that fewer than one in a hundred express would have no scale at all.
  if (!(high > low)) high = max;
  return { full: { min, max }, clipped: { min: low, max: high } };
}

/** A range with 0 in its middle, for palettes with two arms. */
export function centred({ min, max }: ValueRange): ValueRange {
  const most = Math.max(Math.abs(min), Math.abs(max));
  return { min: -most, max: most };
}
