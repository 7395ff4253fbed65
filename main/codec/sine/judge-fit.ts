/** How well a network fits a patch, in figures and in one word. */
export interface PatchFit {
  /** Counts of the patch. */
  n: number;
  /** Mean squared error and variance of the targets, on the scale of the normalisation. */
  mse: number;
  variance: number;
  /** Standard deviation of the answers over that of the targets. */
  relativeSpread: number;
  /** Share of the counts that are exact after rounding, and of those above 1. */
  exactShare: number;
  exactAboveOneShare: number;
  /**
   * `collapsed`: the network explains less than 2 % of the variance, or gives nearly the same answer everywhere; its exact share is then
   * that of a constant. `fits`: at least 99 % exact. Else `partial`.
   */
  verdict: 'collapsed' | 'partial' | 'fits';
}

const EXPLAINED_AT_LEAST = 0.02;
const SPREAD_AT_LEAST = 0.05;

export function judgeFit(
  targets: Float32Array,
  answers: Float64Array,
  counts: ArrayLike<number>,
  decoded: ArrayLike<number>,
): PatchFit {
  const n = targets.length;
  const mean = (values: ArrayLike<number>): number => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += values[k];
    return sum / n;
  };
  const varianceOf = (values: ArrayLike<number>): number => {
    const centre = mean(values);
    let sum = 0;
    for (let k = 0; k < n; k++) sum += (values[k] - centre) ** 2;
    return sum / n;
  };
  let squares = 0;
  let exact = 0;
  let exactAboveOne = 0;
  let aboveOne = 0;
  for (let k = 0; k < n; k++) {
    squares += (answers[k] - targets[k]) ** 2;
    if (counts[k] > 1) aboveOne++;
    if (counts[k] !== decoded[k]) continue;
    exact++;
    if (counts[k] > 1) exactAboveOne++;
  }
  const variance = varianceOf(targets);
  const mse = squares / n;
  const relativeSpread = variance > 0 ? Math.sqrt(varianceOf(answers) / variance) : 1;
  const collapsed = variance > 0 && (1 - mse / variance < EXPLAINED_AT_LEAST || relativeSpread < SPREAD_AT_LEAST);
  const exactShare = exact / n;
  return {
    n,
    mse,
    variance,
    relativeSpread,
    exactShare,
    exactAboveOneShare: aboveOne > 0 ? exactAboveOne / aboveOne : 1,
    verdict: exactShare >= 0.99 ? 'fits' : collapsed ? 'collapsed' : 'partial',
  };
}
