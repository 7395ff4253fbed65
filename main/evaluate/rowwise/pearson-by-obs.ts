import { pairedRows, type DenseValues } from './paired-rows.ts';

/**
 * Pearson correlation of true and predicted values of each observation, over its variables. NaN where either is
 * constant. Two passes, so that a large mean does no harm.
 * @param truth [nObs, nDim], row-major
 * @param predicted [nObs, nDim], row-major
 * @returns [nObs]
 */
export function pearsonByObs(truth: DenseValues, predicted: DenseValues, nDim: number): Float64Array {
  return pairedRows(truth, predicted, nDim, pearson);
}

/** Pearson correlation of `a` and `b` over `[start, start + n)`; NaN where either is constant. */
export function pearson(a: DenseValues, b: DenseValues, start: number, n: number): number {
  let meanA = 0;
  let meanB = 0;
  let constantA = true;
  let constantB = true;
  for (let at = start; at < start + n; at++) {
    meanA += a[at] / n;
    meanB += b[at] / n;
    // Asked of the values themselves: rounding of the mean can leave a spurious spread.
    if (a[at] !== a[start]) constantA = false;
    if (b[at] !== b[start]) constantB = false;
  }
  if (constantA || constantB) return NaN;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let at = start; at < start + n; at++) {
    const differenceA = a[at] - meanA;
    const differenceB = b[at] - meanB;
    product += differenceA * differenceB;
    squaresA += differenceA * differenceA;
    squaresB += differenceB * differenceB;
  }
  return Math.max(-1, Math.min(1, product / Math.sqrt(squaresA) / Math.sqrt(squaresB)));
}
