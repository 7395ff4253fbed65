import type { NeighbourGraph } from '../neighbours.ts';

/** Joint probabilities of neighbours, symmetric and sparse, by observation. They sum to 1. */
export interface Affinities {
  nObs: number;
  /** [nObs + 1] */
  indptr: Uint32Array;
  /** [nnz] */
  indices: Uint32Array;
  /** [nnz] */
  values: Float64Array;
}

/**
 * Gaussian similarities with a bandwidth per observation such that the entropy of its neighbours is log(perplexity),
 * made symmetric: p_ij = (p_j|i + p_i|j) / 2n. Source: van der Maaten & Hinton 2008, section 2; neighbours only: van der
 * Maaten 2014, section 3.
 */
export function affinities(neighbours: NeighbourGraph, perplexity: number): Affinities {
  const { nObs, k, indices } = neighbours;
  const conditional = new Float64Array(nObs * k);
  for (let i = 0; i < nObs; i++) {
    const own = neighbours.distances.subarray(i * k, i * k + k);
    fillConditional(own, Math.log(perplexity), conditional.subarray(i * k, i * k + k));
  }
  return symmetric(nObs, k, indices, conditional);
}

/** Finds the precision by bisection and writes p_j|i. */
function fillConditional(distances: Float64Array, targetEntropy: number, out: Float64Array): void {
  const nearest = distances[0] ** 2;
  let low = 0;
  let high = Infinity;
  // A first guess on the scale of the distances keeps the search short.
  const spread = distances.reduce((sum, distance) => sum + distance ** 2 - nearest, 0) / distances.length;
  let precision = spread > 0 ? 1 / spread : 1;
  let sum = 1;
  for (let step = 0; step < 200; step++) {
    sum = 0;
    let weighted = 0;
    for (let j = 0; j < distances.length; j++) {
      // Relative to the nearest, so that the exponential of a far neighbourhood does not vanish.
      const squared = distances[j] ** 2 - nearest;
      out[j] = Math.exp(-precision * squared);
      sum += out[j];
      weighted += out[j] * squared;
    }
    const entropy = Math.log(sum) + (precision * weighted) / sum;
    if (Math.abs(entropy - targetEntropy) < 1e-6) break;
    if (entropy > targetEntropy) {
      low = precision;
      precision = high === Infinity ? precision * 2 : (low + high) / 2;
    } else {
      high = precision;
      precision = (low + high) / 2;
    }
    // All neighbours at one distance: every precision gives the same entropy.
    if (spread === 0) break;
  }
  for (let j = 0; j < distances.length; j++) out[j] /= sum;
}

function symmetric(nObs: number, k: number, indices: Int32Array, conditional: Float64Array): Affinities {
  // Which of my neighbours do not name me: those pairs get an entry in the other's row too.
  const isMutual = new Int32Array(nObs * k).fill(-1);
  const length = new Uint32Array(nObs);
  for (let i = 0; i < nObs; i++) {
    for (let at = i * k; at < i * k + k; at++) {
      const other = indices[at];
      for (let back = other * k; back < other * k + k; back++) if (indices[back] === i) isMutual[at] = back;
      length[i]++;
      if (isMutual[at] < 0) length[other]++;
    }
  }
  const indptr = new Uint32Array(nObs + 1);
  for (let i = 0; i < nObs; i++) indptr[i + 1] = indptr[i] + length[i];
  const columns = new Uint32Array(indptr[nObs]);
  const values = new Float64Array(indptr[nObs]);
  const end = indptr.slice(0, nObs);
  const put = (row: number, column: number, value: number): void => {
    columns[end[row]] = column;
    values[end[row]] = value;
    end[row]++;
  };
  for (let i = 0; i < nObs; i++) {
    for (let at = i * k; at < i * k + k; at++) {
      const back = isMutual[at];
      const joint = (conditional[at] + (back < 0 ? 0 : conditional[back])) / (2 * nObs);
      put(i, indices[at], joint);
      if (back < 0) put(indices[at], i, joint);
    }
  }
  return { nObs, indptr, indices: columns, values };
}
