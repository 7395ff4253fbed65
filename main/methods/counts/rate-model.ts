import type { DenoisedModel } from '../method.ts';
import type { CountModel } from './count-model.ts';

/**
 * Expected counts as in a cell of median size, as a model of their own: the library size is taken out of every cell.
 *
 * @param factor [nObs], what one count is worth under the recipe
 * @param log whether as log(1 + x)
 */
export function rateModel(
  denoised: Extract<DenoisedModel, { kind: 'factored' }>,
  { usedSize }: Pick<CountModel, 'usedSize'>,
  factor: ArrayLike<number>,
  log: boolean,
): Extract<DenoisedModel, { kind: 'factored' }> {
  const logMedian = Math.log(medianSize(usedSize));
  const { nDim, values } = denoised.hidden;
  const hidden = values.slice();
  // The last unit holds the scale of the cell.
  usedSize.forEach((size, row) => {
    hidden[row * nDim + nDim - 1] += logMedian - Math.log(factor[row] || 1) - Math.log(size);
  });
  return { ...denoised, hidden: { nDim, values: hidden }, link: log ? 'softplus' : 'exp' };
}

/** Size of the cell in the middle. */
export function medianSize(sizes: Float32Array): number {
  return Float64Array.from(sizes).sort()[sizes.length >> 1];
}
