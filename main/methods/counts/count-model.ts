import type { DenseOutput } from '../method.ts';

/** A linear layer on the hidden units of the denoised model: `hidden · weights + bias`. */
export interface CountHead {
  /** [nHidden, nVar] */
  weights: Float32Array;
  /** [nVar] */
  bias: Float32Array;
}

/**
 * What a count model says of every entry besides the denoised value, without a dense matrix. It stands beside the factored
 * denoised model of the run, whose linear layer is log(f · l · rate): f what one count is worth under the recipe, l the size
 * of the cell (`usedSize`).
 */
export interface CountModel {
  /** Logits of the dropout probability; null without zero inflation. */
  dropout: CountHead | null;
  /** θ of the negative binomial: [nVar], or a head with its link (for `inverse-softplus` 1/θ is the softplus); null: Poisson. */
  dispersion:
    | { of: 'gene'; theta: Float32Array }
    | { of: 'entry'; head: CountHead; link: 'softplus' | 'inverse-softplus' }
    | null;
  /** [nObs], library size or size factor in the denoised counts; and as counted and as predicted, where there is one. */
  usedSize: Float32Array;
  countedSize: Float32Array | null;
  predictedSize: Float32Array | null;
  /** Limits of the logarithm of the rate, without the size; null: none. */
  logRateLimits: readonly [number, number] | null;
}

/** θ beyond these is Poisson, or nothing but zeros. */
export const THETA_LIMITS = [1e-4, 1e4] as const;
/** Where φ = 1/θ is predicted it is kept above this: θ ≤ 10⁴ is Poisson. */
export const LEAST_OVERDISPERSION = 1e-4;

const column = (values: ArrayLike<number>): DenseOutput => ({ nDim: 1, values: Float32Array.from(values) });

/** The part of a count model that has a row for each observation, as extras of a run. */
export function sizeExtras(sizes: {
  used: ArrayLike<number>;
  counted: ArrayLike<number> | null;
  predicted: ArrayLike<number> | null;
}): Record<string, DenseOutput> {
  return {
    usedSize: column(sizes.used),
    ...(sizes.counted && { countedSize: column(sizes.counted) }),
    ...(sizes.predicted && { librarySize: column(sizes.predicted) }),
  };
}

/** The count model that the extras of a run hold; null where the run is of another kind of method. */
export function countModelOf(extras: Record<string, DenseOutput>): CountModel | null {
  if (!extras.usedSize) return null;
  const values = (name: string): Float32Array | null => extras[name]?.values ?? null;
  const head = (name: string): CountHead | null =>
    extras[`${name}Bias`] ? { weights: extras[`${name}Weights`].values, bias: extras[`${name}Bias`].values } : null;
  const softplus = head('dispersion');
  const inverse = head('overdispersion');
  const theta = values('geneDispersion');
  const limits = values('logRateLimits');
  return {
    dropout: head('dropout'),
    dispersion: theta
      ? { of: 'gene', theta }
      : softplus
        ? { of: 'entry', head: softplus, link: 'softplus' }
        : inverse && { of: 'entry', head: inverse, link: 'inverse-softplus' },
    usedSize: extras.usedSize.values,
    countedSize: values('countedSize'),
    predictedSize: values('librarySize'),
    logRateLimits: limits && [limits[0], limits[1]],
  };
}
