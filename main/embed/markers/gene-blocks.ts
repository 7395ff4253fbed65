import type { CsrMatrix } from '../../dataset/csr-matrix.ts';

/** Log-normalised values, some observations at a time; an `ExpressionSource` without scaling is one. */
export interface SparseRows {
  readonly nObs: number;
  readonly nVar: number;
  /** The same entries before the transform. */
  readonly counts: CsrMatrix;
  sparseBatch(rows: ArrayLike<number>): CsrMatrix;
}

/** Consecutive variables over some observations, variable by variable: compressed sparse rows [nVar, rows]. */
export interface GeneBlock {
  /** First variable. */
  start: number;
  nVar: number;
  /** [nVar + 1] */
  indptr: Uint32Array;
  /** Position among the chosen rows, ascending within a variable. */
  indices: Uint32Array;
  values: Float32Array;
}

/** Observations that are transformed at once. */
const BATCH = 2048;

/**
 * The values of some observations by variable, a few million entries at a time, so that memory stays flat however
 * large the dataset; only the transform of the rows is worked out again for each block.
 *
 * @param rows positions of the observations
 * @param most entries of a block; a single variable may have more
 */
export function* geneBlocks(
  expression: SparseRows,
  rows: Uint32Array,
  most: number,
): Generator<GeneBlock, void, undefined> {
  const { nVar, counts } = expression;
  const perGene = new Uint32Array(nVar);
  for (const row of rows)
    for (let k = counts.indptr[row]; k < counts.indptr[row + 1]; k++) perGene[counts.indices[k]]++;
  for (let start = 0; start < nVar;) {
    let end = start;
    let entries = 0;
    while (end < nVar && (end === start || entries + perGene[end] <= most)) entries += perGene[end++];
    yield fill(expression, rows, start, perGene.subarray(start, end), entries);
    start = end;
  }
}

function fill(
  expression: SparseRows,
  rows: Uint32Array,
  start: number,
  perGene: Uint32Array,
  entries: number,
): GeneBlock {
  const nVar = perGene.length;
  const indptr = new Uint32Array(nVar + 1);
  for (let j = 0; j < nVar; j++) indptr[j + 1] = indptr[j] + perGene[j];
  const next = indptr.slice(0, nVar);
  const indices = new Uint32Array(entries);
  const values = new Float32Array(entries);
  for (let first = 0; first < rows.length; first += BATCH) {
    const batch = expression.sparseBatch(rows.subarray(first, first + BATCH));
    for (let i = 0; i < batch.nObs; i++) {
      for (let k = batch.indptr[i]; k < batch.indptr[i + 1]; k++) {
        const j = batch.indices[k] - start;
        if (j < 0 || j >= nVar) continue;
        indices[next[j]] = first + i;
        values[next[j]++] = batch.values[k];
      }
    }
  }
  return { start, nVar, indptr, indices, values };
}
