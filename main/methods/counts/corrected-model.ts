import type { DenoisedModel, DenseOutput } from '../method.ts';

/**
 * The denoised model of a run as if all its cells were alike in the known covariates: their columns of the hidden units are
 * set to the average cell, and the scale of the cell to what it is then. What the latent itself holds of them stays.
 *
 * @returns null for a run without covariates
 */
export function correctedModel(model: DenoisedModel, extras: Record<string, DenseOutput>): DenoisedModel | null {
  const { covariateReference: reference, correctedScale: scale } = extras;
  if (model.kind !== 'factored' || !reference || !scale) return null;
  const { nDim, values } = model.hidden;
  const first = nDim - 1 - reference.nDim;
  const corrected = values.slice();
  scale.values.forEach((value, row) => {
    corrected.set(reference.values, row * nDim + first);
    corrected[row * nDim + nDim - 1] = value;
  });
  return { ...model, hidden: { nDim, values: corrected } };
}
