import type { CsrMatrix } from '../../main/dataset/csr-matrix.ts';
import type { DatasetSource } from '../../main/dataset/dataset-source.ts';

/** The main matrix of a dataset in memory, sparse: [nObs, nVar]. */
export async function wholeMatrix(source: DatasetSource): Promise<CsrMatrix> {
  const indptr = new Uint32Array(source.nObs + 1);
  const indices: Uint32Array[] = [];
  const values: Float32Array[] = [];
  let nnz = 0;
  for await (const chunk of source.matrices[0].chunks()) {
    for (let i = 0; i < chunk.nObs; i++) indptr[chunk.start + i + 1] = nnz + chunk.indptr[i + 1];
    nnz += chunk.indptr[chunk.nObs];
    indices.push(chunk.indices.slice());
    values.push(chunk.values.slice());
  }
  const matrix: CsrMatrix = {
    nObs: source.nObs,
    nVar: source.nVar,
    indptr,
    indices: new Uint32Array(nnz),
    values: new Float32Array(nnz),
  };
  let at = 0;
  indices.forEach((part, c) => {
    matrix.indices.set(part, at);
    matrix.values.set(values[c], at);
    at += part.length;
  });
  return matrix;
}
