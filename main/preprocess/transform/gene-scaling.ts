import type { Normalisation } from '../recipe.ts';
import type { GeneMoments } from './gene-moments.ts';

/** The part of a recipe that works gene by gene: (x − shift) · factor, clipped to ±limit. */
export interface GeneScaling {
  /** [nVar] */
  shift: Float64Array;
  /** [nVar], never 0. */
  factor: Float64Array;
  /** Infinity where nothing is clipped. */
  limit: number;
  /** [nVar], what becomes of a zero. */
  zero: Float32Array;
}

/**
 * `zscore` divides by the standard deviation with n − 1 in its denominator, as scanpy's `pp.scale` and Seurat's
 * `ScaleData` do; `minmax` brings every gene to 0…1. A gene that never changes becomes 0 everywhere. Null for `none`.
 */
export function scalingOf(normalisation: Normalisation, moments: GeneMoments, nObs: number): GeneScaling | null {
  if (normalisation.scale === 'none') return null;
  const nVar = moments.mean.length;
  const zscore = normalisation.scale === 'zscore';
  const shift = zscore ? moments.mean.slice() : moments.min.slice();
  const factor = new Float64Array(nVar);
  for (let j = 0; j < nVar; j++) {
    const width = zscore
      ? Math.sqrt((moments.variance[j] * nObs) / Math.max(nObs - 1, 1))
      : moments.max[j] - moments.min[j];
    factor[j] = width > 0 ? 1 / width : 1;
  }
  const limit = zscore && normalisation.clip !== null ? normalisation.clip : Infinity;
  // `+ 0` turns −0 into 0.
  const zero = Float32Array.from(shift, (s, j) => Math.min(Math.max(-s * factor[j], -limit), limit) + 0);
  return { shift, factor, limit, zero };
}
