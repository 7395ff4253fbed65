import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { Normalisation } from '../recipe.ts';

/** Counts per spot that SUICA scales to. */
const SUICA_TARGET = 200;

/** [nObs], total of every observation. */
export function librarySizes(counts: CsrMatrix): Float64Array {
  const { indptr, values } = counts;
  const sizes = new Float64Array(counts.nObs);
  for (let i = 0; i < counts.nObs; i++) for (let k = indptr[i]; k < indptr[i + 1]; k++) sizes[i] += values[k];
  return sizes;
}

/**
 * The total to which every observation is scaled; null for `none`. The median is taken over the observations that have
 * any counts.
 */
export function targetSize(kind: Normalisation['librarySize'], sizes: Float64Array): number | null {
  if (kind === 'none') return null;
  if (kind === 'cp10k') return 1e4;
  if (kind === 'suica') return SUICA_TARGET;
  const positive = sizes.filter((size) => size > 0).sort();
  const half = positive.length >> 1;
  if (positive.length === 0) return 1;
  return positive.length % 2 === 1 ? positive[half] : (positive[half - 1] + positive[half]) / 2;
}
