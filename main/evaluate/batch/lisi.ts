/** Neighbours and distances of every observation, nearest first, never itself; a `NeighbourGraph` fits. */
export interface Neighbourhoods {
  nObs: number;
  k: number;
  /** [nObs, k] */
  indices: ArrayLike<number>;
  /** [nObs, k], Euclidean */
  distances: ArrayLike<number>;
}

/** How close the entropy of a neighbourhood comes to that of the perplexity, and how often it is tried. */
const TOLERANCE = 1e-5;
const MOST_TRIES = 50;

/** Other observations that a neighbourhood of a perplexity needs: three times as many, itself among them. */
export function lisiNeighbours(perplexity: number): number {
  return 3 * perplexity - 1;
}

/**
 * Local inverse Simpson's index of batches (iLISI): how many batches there are, effectively, in the neighbourhood of
 * each observation; 1 where all are of one batch, the number of batches where they are even.
 *
 * 1 / Σ_b p_b², with p_b the summed weights of the neighbours in batch b. Weights are exp(−β d) of the Euclidean
 * distance d, normalised, β such that their entropy is ln(perplexity); the observation itself does not count. Source:
 * Korsunsky et al. 2019, Fast, sensitive and accurate integration of single-cell data with Harmony, Methods, "LISI",
 * with the kernel, the 3 · perplexity neighbours and the tolerance of its code.
 *
 * @param graph `lisiNeighbours(perplexity)` neighbours of each observation, or as many as there are
 * @param batch [nObs], 0 … nBatches − 1
 * @returns [nObs]; NaN where no weights could be found
 */
export function inverseSimpson(
  graph: Neighbourhoods,
  batch: ArrayLike<number>,
  nBatches: number,
  perplexity: number,
): Float64Array {
  const k = Math.min(graph.k, lisiNeighbours(perplexity));
  const index = new Float64Array(graph.nObs);
  const weights = new Float64Array(k);
  const shares = new Float64Array(nBatches);
  for (let i = 0; i < graph.nObs; i++) {
    const from = i * graph.k;
    if (!weightsOf(graph.distances, from, perplexity, weights)) {
      index[i] = NaN;
      continue;
    }
    shares.fill(0);
    for (let j = 0; j < k; j++) shares[batch[graph.indices[from + j]]] += weights[j];
    let squares = 0;
    for (const share of shares) squares += share * share;
    index[i] = 1 / squares;
  }
  return index;
}

/** Fills in the weights of a neighbourhood by bisection of β; false where all weights vanish. */
function weightsOf(distances: ArrayLike<number>, from: number, perplexity: number, weights: Float64Array): boolean {
  const wanted = Math.log(perplexity);
  let beta = 1;
  let low = -Infinity;
  let high = Infinity;
  for (let tries = 0; ; tries++) {
    const entropy = entropyAt(distances, from, beta, weights);
    const difference = entropy - wanted;
    if (!(Math.abs(difference) > TOLERANCE) || tries === MOST_TRIES) return entropy !== 0;
    if (difference > 0) {
      low = beta;
      beta = high === Infinity ? beta * 2 : (beta + high) / 2;
    } else {
      high = beta;
      beta = low === -Infinity ? beta / 2 : (beta + low) / 2;
    }
  }
}

function entropyAt(distances: ArrayLike<number>, from: number, beta: number, weights: Float64Array): number {
  let sum = 0;
  let weighted = 0;
  for (let j = 0; j < weights.length; j++) {
    const distance = distances[from + j];
    weights[j] = Math.exp(-beta * distance);
    sum += weights[j];
    weighted += weights[j] * distance;
  }
  if (sum === 0) return 0;
  for (let j = 0; j < weights.length; j++) weights[j] /= sum;
  return Math.log(sum) + (beta * weighted) / sum;
}

/**
 * Median index of a dataset on a scale of 0 (no neighbourhood has a second batch) to 1 (all are even): (median − 1) /
 * (nBatches − 1). Source: Luecken et al. 2022, Benchmarking atlas-level data integration in single-cell genomics,
 * Methods, "Graph LISI".
 */
export function normalisedLisi(index: Float64Array, nBatches: number): { median: number; value: number } {
  const sorted = index.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  const median = n === 0 ? NaN : (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2;
  return { median, value: (median - 1) / (nBatches - 1) };
}
