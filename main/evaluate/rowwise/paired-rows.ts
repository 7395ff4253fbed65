import { LacunaError } from '../../errors/lacuna-error.ts';

/** A dense matrix of either precision, row-major. */
export type DenseValues = Float32Array | Float64Array;

/** A score of one observation from its true and its predicted values, at `[start, start + nDim)` of each array. */
export type RowScore = (truth: DenseValues, predicted: DenseValues, start: number, nDim: number) => number;

/**
 * Applies a score to each observation of two matrices of one shape.
 * @param truth [nObs, nDim], row-major
 * @param predicted [nObs, nDim], row-major
 * @returns [nObs]
 * @throws LacunaError `bad-option` when the shapes differ
 */
export function pairedRows(truth: DenseValues, predicted: DenseValues, nDim: number, score: RowScore): Float64Array {
  if (truth.length !== predicted.length || nDim < 1 || truth.length % nDim !== 0) {
    throw new LacunaError(
      'bad-option',
      `True and predicted values must have one shape, but there are ${truth.length} and ${predicted.length} values for ${nDim} per observation.`,
    );
  }
  const scores = new Float64Array(truth.length / nDim);
  for (let i = 0; i < scores.length; i++) scores[i] = score(truth, predicted, i * nDim, nDim);
  return scores;
}
