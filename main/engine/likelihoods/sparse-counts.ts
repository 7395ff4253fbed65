import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { Engine } from '../engine.ts';

/**
 * The nonzero counts of one batch, as the likelihoods read them: most entries are zero, and all that is costly (log Γ,
 * ψ) concerns the others alone.
 */
export interface SparseCounts {
  nObs: number;
  nVar: number;
  /** [nnz], row · nVar + column */
  positions: Tensor1D;
  /** The same as [nnz, 1]. */
  places: Tensor2D;
  /** [nnz] */
  values: Tensor1D;
  /** [nnz], log x */
  logs: Tensor1D;
  /** [nnz], `log x! + x − x log x`: what a Poisson distribution with mean x gives to x, negative and in logarithms. */
  constants: Tensor1D;
}

/** @param rows positions of the observations in `counts` */
export function sparseCounts({ tf }: Engine, counts: CsrMatrix, rows: ArrayLike<number>): SparseCounts {
  const { nVar, indptr, indices } = counts;
  let room = 0;
  for (let r = 0; r < rows.length; r++) room += indptr[rows[r] + 1] - indptr[rows[r]];
  const positions = new Int32Array(room);
  const values = new Float32Array(room);
  const logs = new Float32Array(room);
  const constants = new Float32Array(room);
  let next = 0;
  for (let r = 0; r < rows.length; r++) {
    for (let k = indptr[rows[r]]; k < indptr[rows[r] + 1]; k++) {
      const x = counts.values[k];
      if (x === 0) continue;
      positions[next] = r * nVar + indices[k];
      values[next] = x;
      const fact = x < TABLE ? (facts[x] ??= factsOf(x)) : factsOf(x);
      logs[next] = fact.log;
      constants[next++] = fact.constant;
    }
  }
  const taken = positions.subarray(0, next);
  return {
    nObs: rows.length,
    nVar,
    positions: tf.tensor1d(taken, 'int32'),
    places: tf.tensor2d(taken, [next, 1], 'int32'),
    values: tf.tensor1d(values.subarray(0, next)),
    logs: tf.tensor1d(logs.subarray(0, next)),
    constants: tf.tensor1d(constants.subarray(0, next)),
  };
}

const TABLE = 4096;
const facts: { log: number; constant: number }[] = [];

/** In double precision: the sum of logarithms up to 15, Stirling's series from there. */
function factsOf(x: number): { log: number; constant: number } {
  const log = Math.log(x);
  if (x >= 16) {
    const series = (1 / 12 - (1 / 360 - 1 / 1260 / (x * x)) / (x * x)) / x;
    return { log, constant: 0.5 * (log + Math.log(2 * Math.PI)) + series };
  }
  let factorial = 0;
  for (let i = 2; i <= x; i++) factorial += Math.log(i);
  return { log, constant: factorial + x - x * log };
}
