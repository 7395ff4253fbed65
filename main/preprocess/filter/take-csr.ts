import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Pacer } from '../pacer.ts';

/**
 * The matrix [obsIndex.length, varIndex.length] of some observations and variables (ascending positions); null keeps
 * the whole axis. Where nothing is left out, the matrix itself comes back, not a copy.
 */
export async function takeCsr(
  matrix: CsrMatrix,
  obsIndex: Uint32Array | null,
  varIndex: Uint32Array | null,
  pacer: Pacer,
): Promise<CsrMatrix> {
  const allObs = obsIndex === null || obsIndex.length === matrix.nObs;
  const allVar = varIndex === null || varIndex.length === matrix.nVar;
  if (allObs && allVar) return matrix;
  const nObs = allObs ? matrix.nObs : obsIndex.length;
  const nVar = allVar ? matrix.nVar : varIndex.length;

  // Position in the result plus one; 0 means left out.
  const target = allVar ? null : new Uint32Array(matrix.nVar);
  if (target && varIndex) varIndex.forEach((j, position) => (target[j] = position + 1));

  const indptr = new Uint32Array(nObs + 1);
  for (let i = 0; i < nObs; i++) {
    const from = allObs ? i : obsIndex[i];
    let n = matrix.indptr[from + 1] - matrix.indptr[from];
    if (target) {
      n = 0;
      for (let k = matrix.indptr[from]; k < matrix.indptr[from + 1]; k++) if (target[matrix.indices[k]]) n++;
    }
    indptr[i + 1] = indptr[i] + n;
    if (pacer.due()) await pacer.pause(i / nObs / 2);
  }
  throwIfCancelled(pacer.signal);
  const indices = new Uint32Array(indptr[nObs]);
  const values = new Float32Array(indptr[nObs]);
  for (let i = 0, next = 0; i < nObs; i++) {
    const from = allObs ? i : obsIndex[i];
    for (let k = matrix.indptr[from]; k < matrix.indptr[from + 1]; k++) {
      const j = target ? target[matrix.indices[k]] : matrix.indices[k] + 1;
      if (j === 0) continue;
      indices[next] = j - 1;
      values[next++] = matrix.values[k];
    }
    if (pacer.due()) await pacer.pause(0.5 + i / nObs / 2);
  }
  return { nObs, nVar, indptr, indices, values };
}
