import { pairedRows, type DenseValues } from './paired-rows.ts';
import { pearson } from './pearson-by-obs.ts';

/**
 * Spearman rank correlation of true and predicted values of each observation: Pearson's on ranks, ties share their mean
 * rank. NaN where either is constant.
 * @param truth [nObs, nDim], row-major
 * @param predicted [nObs, nDim], row-major
 * @returns [nObs]
 */
export function spearmanByObs(truth: DenseValues, predicted: DenseValues, nDim: number): Float64Array {
  return pairedRows(truth, predicted, nDim, (a, b, start, n) =>
    pearson(meanRanks(a.subarray(start, start + n)), meanRanks(b.subarray(start, start + n)), 0, n),
  );
}

/** Ranks from 1, ties at their mean. [n] → [n] */
export function meanRanks(values: DenseValues): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]] === values[order[first]]) last++;
    const rank = (first + last) / 2 + 1;
    for (let at = first; at <= last; at++) ranks[order[at]] = rank;
    first = last + 1;
  }
  return ranks;
}
