import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { Engine } from '../engine.ts';

/** Entries of a block: a likelihood holds some forty arrays of that size at once, whatever the batch. */
const BLOCK_ENTRIES = 2 ** 20;

/** The nonzero counts of a few observations of a batch. */
export interface SparseBlock {
  /** The first observation and their number. */
  start: number;
  nObs: number;
  /** [nnz], row · nVar + column, rows counted from `start` */
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

/**
 * The nonzero counts of one batch, as the likelihoods read them: most entries are zero, and all that is costly (log Γ,
 * ψ) concerns the others alone.
 */
export interface SparseCounts {
  nObs: number;
  nVar: number;
  blocks: SparseBlock[];
}

/** @param rows positions of the observations in `counts` */
export function sparseCounts(engine: Engine, counts: CsrMatrix, rows: ArrayLike<number>): SparseCounts {
  const step = Math.max(1, Math.floor(BLOCK_ENTRIES / counts.nVar));
  const blocks: SparseBlock[] = [];
  for (let start = 0; start < rows.length; start += step)
    blocks.push(sparseBlock(engine, counts, rows, start, Math.min(start + step, rows.length)));
  return { nObs: rows.length, nVar: counts.nVar, blocks };
}

function sparseBlock(
  { tf }: Engine,
  { nVar, indptr, indices, values: stored }: CsrMatrix,
  rows: ArrayLike<number>,
  start: number,
  end: number,
): SparseBlock {
  let room = 0;
  for (let r = start; r < end; r++) room += indptr[rows[r] + 1] - indptr[rows[r]];
  const positions = new Int32Array(room);
  const values = new Float32Array(room);
  const logs = new Float32Array(room);
  const constants = new Float32Array(room);
  let next = 0;
  for (let r = start; r < end; r++) {
    for (let k = indptr[rows[r]]; k < indptr[rows[r] + 1]; k++) {
      const x = stored[k];
      if (x === 0) continue;
      positions[next] = (r - start) * nVar + indices[k];
      values[next] = x;
      const fact = x < TABLE ? (facts[x] ??= factsOf(x)) : factsOf(x);
      logs[next] = fact.log;
      constants[next++] = fact.constant;
    }
  }
  const taken = positions.subarray(0, next);
  return {
    start,
    nObs: end - start,
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
