import type { CsrMatrix } from '../dataset/csr-matrix.ts';

/** What is done to a matrix to see whether a method can repair it. Both take `obsIndex`, positions in the dataset. */
export interface Corruption {
  /** Before anything is measured: thinned counts have library sizes of their own. */
  counts?(counts: CsrMatrix, obsIndex: Uint32Array): CsrMatrix;
  /** After library sizes are known: entries that are muted in the scaled matrix. */
  entries?(counts: CsrMatrix, obsIndex: Uint32Array, varIndex: Uint32Array): CsrMatrix;
}
