import type { NeighbourGraph } from '../neighbours.ts';

/** Edges of the symmetric similarity graph, each pair once, with weights in (0, 1]. */
export interface FuzzyGraph {
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
}

/** Bandwidths below this share of the mean distance would make a neighbourhood collapse. */
const LEAST_BANDWIDTH = 1e-3;

/**
 * Similarities of neighbours: exp(-(d - ρ) / σ), with ρ the distance to the nearest and σ such that the similarities of
 * one observation sum to log2(k + 1); then the fuzzy union a + b - a·b of both directions. `k` counts others only,
 * where the paper counts the observation itself too. Source: McInnes et al. 2018, UMAP, algorithms 2 and 3.
 */
export function fuzzyGraph({ nObs, k, indices, distances }: NeighbourGraph): FuzzyGraph {
  const similarity = new Float64Array(nObs * k);
  let meanDistance = 0;
  for (const distance of distances) meanDistance += distance / distances.length;
  for (let i = 0; i < nObs; i++) {
    const own = distances.subarray(i * k, i * k + k);
    let nearest = 0;
    for (const distance of own) {
      if (distance > 0) {
        nearest = distance;
        break;
      }
    }
    const ownMean = own.reduce((sum, distance) => sum + distance / k, 0);
    const least = LEAST_BANDWIDTH * (nearest > 0 ? ownMean : meanDistance);
    const bandwidth = Math.max(findBandwidth(own, nearest, Math.log2(k + 1)), least);
    for (let j = 0; j < k; j++) {
      const beyond = own[j] - nearest;
      similarity[i * k + j] = beyond <= 0 || bandwidth === 0 ? 1 : Math.exp(-beyond / bandwidth);
    }
  }
  return union(nObs, k, indices, similarity);
}

function findBandwidth(own: Float64Array, nearest: number, target: number): number {
  let low = 0;
  let high = Infinity;
  let bandwidth = 1;
  for (let step = 0; step < 64; step++) {
    let sum = 0;
    for (const distance of own) sum += distance > nearest ? Math.exp(-(distance - nearest) / bandwidth) : 1;
    if (Math.abs(sum - target) < 1e-5) break;
    if (sum > target) {
      high = bandwidth;
      bandwidth = (low + high) / 2;
    } else {
      low = bandwidth;
      bandwidth = high === Infinity ? bandwidth * 2 : (low + high) / 2;
    }
  }
  return bandwidth;
}

function union(nObs: number, k: number, indices: Int32Array, similarity: Float64Array): FuzzyGraph {
  const from = new Int32Array(nObs * k);
  const to = new Int32Array(nObs * k);
  const weight = new Float64Array(nObs * k);
  let nEdges = 0;
  for (let i = 0; i < nObs; i++) {
    for (let j = 0; j < k; j++) {
      const other = indices[i * k + j];
      const there = similarity[i * k + j];
      const back = similarityOf(other, i, k, indices, similarity);
      // A pair that both name is taken once, from its smaller end.
      if (back >= 0 && other < i) continue;
      const both = back < 0 ? there : there + back - there * back;
      if (both <= 0) continue;
      from[nEdges] = i;
      to[nEdges] = other;
      weight[nEdges] = both;
      nEdges++;
    }
  }
  return { from: from.slice(0, nEdges), to: to.slice(0, nEdges), weight: weight.slice(0, nEdges) };
}

/** Similarity that `from` gives `to`, or -1 when they are not neighbours. */
function similarityOf(from: number, to: number, k: number, indices: Int32Array, similarity: Float64Array): number {
  for (let at = from * k; at < from * k + k; at++) if (indices[at] === to) return similarity[at];
  return -1;
}
