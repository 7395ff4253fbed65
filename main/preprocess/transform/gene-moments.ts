import type { Pacer } from '../pacer.ts';
import type { CellTransform } from './cell-transform.ts';
import type { GeneScaling } from './gene-scaling.ts';

/** Per gene over all observations, zeros included. */
export interface GeneMoments {
  /** [nVar] */
  mean: Float64Array;
  /** [nVar], with n in the denominator. */
  variance: Float64Array;
  /** [nVar] */
  min: Float64Array;
  max: Float64Array;
}

/**
 * Moments of the values after the transform of the cells and, where given, the scaling of the genes. One pass over the
 * nonzeros; the sums are taken about the value of a zero, so that the zeros add nothing to them.
 */
export async function geneMoments(
  transform: CellTransform,
  scaling: GeneScaling | null,
  pacer: Pacer,
): Promise<GeneMoments> {
  const { counts } = transform;
  const { nObs, nVar, indptr, indices } = counts;
  const entries = new Uint32Array(nVar);
  const sum = new Float64Array(nVar);
  const squares = new Float64Array(nVar);
  const min = new Float64Array(nVar).fill(Infinity);
  const max = new Float64Array(nVar).fill(-Infinity);
  const buffer = new Float64Array(transform.widest);
  for (let i = 0; i < nObs; i++) {
    const n = transform.write(i, buffer);
    for (let k = 0; k < n; k++) {
      const j = indices[indptr[i] + k];
      let value = buffer[k];
      let base = 0;
      if (scaling) {
        value = Math.min(Math.max((value - scaling.shift[j]) * scaling.factor[j], -scaling.limit), scaling.limit);
        base = scaling.zero[j];
      }
      entries[j]++;
      sum[j] += value - base;
      squares[j] += (value - base) * (value - base);
      if (value < min[j]) min[j] = value;
      if (value > max[j]) max[j] = value;
    }
    if (pacer.due()) await pacer.pause(i / nObs);
  }
  const mean = new Float64Array(nVar);
  const variance = new Float64Array(nVar);
  for (let j = 0; j < nVar; j++) {
    const base = scaling ? scaling.zero[j] : 0;
    const offset = sum[j] / nObs;
    mean[j] = base + offset;
    variance[j] = Math.max(squares[j] / nObs - offset * offset, 0);
    // Rounding alone must not make a constant gene look alive.
    if (variance[j] < 1e-13 * offset * offset) variance[j] = 0;
    if (entries[j] < nObs) {
      if (base < min[j]) min[j] = base;
      if (base > max[j]) max[j] = base;
    }
  }
  return { mean, variance, min, max };
}
