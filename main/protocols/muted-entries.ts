import type { CsrMatrix } from '../dataset/csr-matrix.ts';

/**
 * Which entries of a matrix are missing from its corrupted copy: one bit an entry, in the order in which `truth` stores
 * them, lowest bit first. [⌈nnz / 8⌉]
 */
export function mutedEntries(truth: CsrMatrix, shown: CsrMatrix): Uint8Array {
  const bits = new Uint8Array(Math.ceil(truth.indices.length / 8));
  for (let i = 0; i < truth.nObs; i++) {
    let at = shown.indptr[i];
    for (let k = truth.indptr[i]; k < truth.indptr[i + 1]; k++) {
      while (at < shown.indptr[i + 1] && shown.indices[at] < truth.indices[k]) at++;
      const isThere = at < shown.indptr[i + 1] && shown.indices[at] === truth.indices[k];
      if (!isThere) bits[k >> 3] |= 1 << (k & 7);
    }
  }
  return bits;
}
