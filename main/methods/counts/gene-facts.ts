import type { CsrMatrix } from '../../dataset/csr-matrix.ts';

/** Where a count model may start: what each gene does regardless of the cell. */
export interface GeneFacts {
  /** [nVar], log of the counts of the gene per unit of exposure; genes without any count get half of one. */
  logRate: Float32Array;
  /** [nVar], θ of the negative binomial by moments, within 0.05 … 100. */
  dispersion: Float32Array;
}

/**
 * Rates and dispersions by moments: Σx / Σs, and θ = Σ(rate s)² / Σ((x − rate s)² − x), over the given observations.
 *
 * @param exposure [nObs], size factor or library size
 */
export function geneFacts(counts: CsrMatrix, exposure: ArrayLike<number>, rows: Uint32Array): GeneFacts {
  const { nVar, indptr, indices, values } = counts;
  const sum = new Float64Array(nVar);
  const squares = new Float64Array(nVar);
  const weighted = new Float64Array(nVar);
  let total = 0;
  let totalSquares = 0;
  for (const row of rows) {
    total += exposure[row];
    totalSquares += exposure[row] ** 2;
    for (let k = indptr[row]; k < indptr[row + 1]; k++) {
      const j = indices[k];
      sum[j] += values[k];
      squares[j] += values[k] ** 2;
      weighted[j] += values[k] * exposure[row];
    }
  }
  const rate = sum.map((value) => Math.max(value, 0.5) / Math.max(total, 1e-9));
  const dispersion = Float32Array.from(rate, (r, j) => {
    const expected = r * r * totalSquares;
    const excess = squares[j] - 2 * r * weighted[j] + expected - sum[j];
    return excess > 0 ? Math.min(Math.max(expected / excess, 0.05), 100) : 100;
  });
  return { logRate: Float32Array.from(rate, Math.log), dispersion };
}
