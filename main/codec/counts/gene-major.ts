import type { CsrMatrix } from '../../dataset/csr-matrix.ts';

/** The nonzero counts by gene, cells ascending. */
export interface GeneMajorCounts {
  nObs: number;
  nVar: number;
  /** [nVar + 1] */
  starts: Uint32Array;
  /** [nnz], observation of each entry. */
  obs: Uint32Array;
  /** [nnz] */
  values: Float32Array;
}

export function byGene({ nObs, nVar, indptr, indices, values }: CsrMatrix): GeneMajorCounts {
  const starts = new Uint32Array(nVar + 1);
  for (const gene of indices) starts[gene + 1]++;
  for (let gene = 0; gene < nVar; gene++) starts[gene + 1] += starts[gene];
  const next = starts.slice();
  const out = { nObs, nVar, starts, obs: new Uint32Array(indices.length), values: new Float32Array(indices.length) };
  for (let i = 0; i < nObs; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      const at = next[indices[k]]++;
      out.obs[at] = i;
      out.values[at] = values[k];
    }
  }
  return out;
}

/** Back to observations: genes ascending within each. */
export function byObservation({ nObs, nVar, starts, obs, values }: GeneMajorCounts): CsrMatrix {
  // The same turning of rows into columns, the other way round.
  const turned = byGene({ nObs: nVar, nVar: nObs, indptr: starts, indices: obs, values });
  return { nObs, nVar, indptr: turned.starts, indices: turned.obs, values: turned.values };
}
