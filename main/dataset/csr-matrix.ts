/**
 * Sparse counts by observation (compressed sparse rows). The words are AnnData's: an observation (obs) is a cell, spot
 * or bin; a variable (var) is a gene or protein.
 */
export interface CsrMatrix {
  nObs: number;
  nVar: number;
  /** [nObs + 1], offsets into `indices` and `values`; `indptr[0]` is 0. */
  indptr: Uint32Array;
  /** [nnz], variable of each entry, ascending and without duplicates within an observation. */
  indices: Uint32Array;
  /** [nnz], never zero. Integers up to 2^24 are exact. */
  values: Float32Array;
}

/** A run of consecutive observations `[start, start + nObs)` of a larger matrix. */
export interface CsrChunk extends CsrMatrix {
  start: number;
}
