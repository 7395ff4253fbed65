import { pairedRows, type DenseValues } from './paired-rows.ts';

/**
 * Mean absolute error of each observation over its variables. [nObs]
 * @param truth [nObs, nDim], row-major
 * @param predicted [nObs, nDim], row-major
 */
export function absoluteErrorByObs(truth: DenseValues, predicted: DenseValues, nDim: number): Float64Array {
  return pairedRows(truth, predicted, nDim, (a, b, start, n) => {
    let sum = 0;
    for (let at = start; at < start + n; at++) sum += Math.abs(a[at] - b[at]);
    return sum / n;
  });
}

/** Mean squared error of each observation over its variables. [nObs] */
export function squaredErrorByObs(truth: DenseValues, predicted: DenseValues, nDim: number): Float64Array {
  return pairedRows(truth, predicted, nDim, (a, b, start, n) => {
    let sum = 0;
    for (let at = start; at < start + n; at++) sum += (a[at] - b[at]) ** 2;
    return sum / n;
  });
}
