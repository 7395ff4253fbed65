import { pairedRows, type DenseValues } from './paired-rows.ts';

/**
 * Cosine of the angle between true and predicted values of each observation, -1 to 1; NaN where either is all zero.
 * @param truth [nObs, nDim], row-major
 * @param predicted [nObs, nDim], row-major
 * @returns [nObs]
 */
export function cosineByObs(truth: DenseValues, predicted: DenseValues, nDim: number): Float64Array {
  return pairedRows(truth, predicted, nDim, (a, b, start, n) => {
    let product = 0;
    let squaresA = 0;
    let squaresB = 0;
    for (let at = start; at < start + n; at++) {
      product += a[at] * b[at];
      squaresA += a[at] * a[at];
      squaresB += b[at] * b[at];
    }
    return product / Math.sqrt(squaresA) / Math.sqrt(squaresB);
  });
}
