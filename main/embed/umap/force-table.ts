import type { SimilarityCurve } from './similarity-curve.ts';

/** Attraction and repulsion along the line between two points of the layout, by their squared distance. */
export interface ForceTable {
  /** Coefficient of the difference for the ends of an edge, negative. */
  attraction: Float64Array;
  /** Coefficient of the difference for random others, positive. */
  repulsion: Float64Array;
}

/** Steps within a doubling of the squared distance: 2^7, so that a coefficient is within about 0.4 %. */
const STEP_BITS = 7;
/** Squared distances outside of 2^-32 … 2^31 are taken as the nearest of these. */
const LEAST_EXPONENT = -32;
const N_EXPONENTS = 64;

/** A float32's bits shifted right by this are its exponent and the leading bits of its mantissa: the place in the table. */
export const FORCE_SHIFT = 23 - STEP_BITS;
/** What to take off the shifted bits to get the place. */
export const FORCE_FIRST = (LEAST_EXPONENT + 127) << STEP_BITS;
/** Places in the table. */
export const FORCE_PLACES = N_EXPONENTS << STEP_BITS;

/**
 * Tabulates the gradient of the layout's cross-entropy, so that the inner loop needs no logarithm and no power.
 * Source: McInnes et al. 2018, UMAP, section 3.2: attraction -2ab·(d²)^(b-1) / (1 + a·(d²)^b), repulsion
 * 2b / ((0.001 + d²)(1 + a·(d²)^b)).
 */
export function forceTable({ a, b }: SimilarityCurve): ForceTable {
  const attraction = new Float64Array(FORCE_PLACES);
  const repulsion = new Float64Array(FORCE_PLACES);
  const nSteps = 1 << STEP_BITS;
  for (let place = 0; place < FORCE_PLACES; place++) {
    const squared = 2 ** (LEAST_EXPONENT + (place >> STEP_BITS)) * (1 + ((place & (nSteps - 1)) + 0.5) / nSteps);
    const power = squared ** b;
    attraction[place] = (-2 * a * b * power) / (squared * (a * power + 1));
    repulsion[place] = (2 * b) / ((0.001 + squared) * (a * power + 1));
  }
  return { attraction, repulsion };
}
