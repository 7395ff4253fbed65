/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const MAD_TO_SD = 1.4826;

export interface OutlierRule {
  /** Judge log values: for totals, whose spread is a factor and not a difference. Values of 0 are then left out. */
  log: boolean;
  /** Deviations below the median that are still fine; null: no lower bound. */
  below: number | null;
  above: number | null;
}

/** Bounds within which a value is no outlier; null where there is none. */
export interface Bounds {
  low: number | null;
  high: number | null;
}

/**
 * Median ± some median absolute deviations, the rule of scater's `isOutlier` (McCarthy et al., "Scater: pre-processing,
 * quality control, normalization and visualization of single-cell RNA-seq data in R", Bioinformatics 33, 2017). Where
 * more than half of the values are the same the deviation is 0 and says nothing: then there are no bounds.
 */
export function outlierBounds(values: ArrayLike<number>, rule: OutlierRule): Bounds {
  const used: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (!rule.log) used.push(values[i]);
    else if (values[i] > 0) used.push(Math.log(values[i]));
  }
  if (used.length === 0) return { low: null, high: null };
  const sorted = Float64Array.from(used).sort();
  const centre = median(sorted);
  const deviation = MAD_TO_SD * median(sorted.map((value) => Math.abs(value - centre)).sort());
  // Logarithms of equal values differ by rounding only.
  if (!(deviation > 1e-12)) return { low: null, high: null };
  const back = (value: number): number => (rule.log ? Math.exp(value) : value);
  return {
    low: rule.below === null ? null : back(centre - rule.below * deviation),
    high: rule.above === null ? null : back(centre + rule.above * deviation),
  };
}

/** Median of ascending values; NaN of none. */
export function median(sorted: ArrayLike<number>): number {
  const half = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
