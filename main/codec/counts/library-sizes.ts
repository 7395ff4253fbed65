import type { CsrMatrix } from '../../dataset/csr-matrix.ts';

/** Log of the library size of every cell over the median one: [nObs]; cells without counts are taken for one count. */
export function logLibrarySizes({ nObs, indptr, values }: CsrMatrix): Float64Array {
  const sizes = new Float64Array(nObs);
  for (let i = 0; i < nObs; i++) for (let k = indptr[i]; k < indptr[i + 1]; k++) sizes[i] += values[k];
  const median = Math.max(1, sizes.slice().sort()[nObs >> 1]);
  return sizes.map((size) => Math.log(Math.max(1, size) / median));
}
