import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { DenseRows } from './export-source.ts';

/**
 * The nonzero entries of dense rows. Values with |x| < minValue are dropped; with 0 only exact zeros are. NaN is kept:
 * a missing value is not a zero.
 *
 * @param rows values [nObs, nVar]
 */
export function toSparse(rows: DenseRows, nVar: number, minValue: number): CsrChunk {
  const { nObs, values } = rows;
  const dropped = (value: number): boolean => value === 0 || Math.abs(value) < minValue;
  let nnz = 0;
  for (let i = 0; i < values.length; i++) if (!dropped(values[i])) nnz++;
  const chunk: CsrChunk = {
    start: rows.start,
    nObs,
    nVar,
    indptr: new Uint32Array(nObs + 1),
    indices: new Uint32Array(nnz),
    values: new Float32Array(nnz),
  };
  let at = 0;
  for (let row = 0; row < nObs; row++) {
    for (let variable = 0; variable < nVar; variable++) {
      const value = values[row * nVar + variable];
      if (dropped(value)) continue;
      chunk.indices[at] = variable;
      chunk.values[at++] = value;
    }
    chunk.indptr[row + 1] = at;
  }
  return chunk;
}
