import { createDenoisedReader } from '../denoised/denoised-reader.ts';
import type { DenoisedModel } from '../method.ts';
import { LEAST_OVERDISPERSION, THETA_LIMITS, type CountHead, type CountModel } from './count-model.ts';

type Factored = Extract<DenoisedModel, { kind: 'factored' }>;

/** A head at one gene: [nObs]. */
export function entryHead({ hidden }: Factored, { weights, bias }: CountHead, position: number): Float32Array {
  if (hidden.nDim === 0) return new Float32Array(0);
  return createDenoisedReader({ kind: 'factored', hidden, weights, bias, link: 'identity' }).gene(position);
}

/** Logarithm of the rate of one gene, the size of the cell taken out: [nObs]. @param factor [nObs], of the recipe */
export function logRateOf(
  denoised: Factored,
  { usedSize, logRateLimits }: Pick<CountModel, 'usedSize' | 'logRateLimits'>,
  factor: ArrayLike<number>,
  position: number,
): Float32Array {
  const [low, high] = logRateLimits ?? [-Infinity, Infinity];
  return entryHead(denoised, denoised, position).map((value, row) =>
    Math.min(Math.max(value - Math.log(factor[row] || 1) - Math.log(usedSize[row]), low), high),
  );
}

/** θ of one gene in every cell, [nObs]; null for Poisson. */
export function entryTheta(denoised: Factored, { dispersion }: CountModel, position: number): Float32Array | null {
  if (!dispersion) return null;
  const [low, high] = THETA_LIMITS;
  const clip = (theta: number): number => Math.min(Math.max(theta, low), high);
  if (dispersion.of === 'gene') {
    const nObs = denoised.hidden.values.length / denoised.hidden.nDim;
    return new Float32Array(nObs).fill(clip(dispersion.theta[position]));
  }
  return entryHead(denoised, dispersion.head, position).map((value) => {
    const soft = Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
    return clip(dispersion.link === 'softplus' ? soft : 1 / (soft + LEAST_OVERDISPERSION));
  });
}

/** Probability that nothing is counted of one gene though nothing was lost, e⁻ᵐ or (1 + m/θ)^−θ: [nObs]. */
export function zeroProbability(
  denoised: Factored,
  model: CountModel,
  factor: ArrayLike<number>,
  position: number,
): Float32Array {
  const theta = entryTheta(denoised, model, position);
  return logRateOf(denoised, model, factor, position).map((logRate, row) => {
    const mean = Math.exp(logRate) * model.usedSize[row];
    return Math.exp(-(theta ? theta[row] * Math.log1p(mean / theta[row]) : mean));
  });
}
