import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { DenseRows } from './export-source.ts';

/** Tells the two kinds of chunk apart. */
export function isSparseChunk(chunk: CsrChunk | DenseRows): chunk is CsrChunk {
  return 'indptr' in chunk;
}
