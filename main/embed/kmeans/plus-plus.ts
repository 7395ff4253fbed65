import type { RandomStream } from '../random-stream.ts';
import { squaredDistance } from './squared-distance.ts';

/**
 * Greedy k-means++: each new centre is the best of a few observations drawn with probability proportional to the
 * squared distance to the centres so far. Source: Arthur & Vassilvitskii 2007, k-means++, with the greedy variant of
 * their section 5 (2 + ln k candidates).
 * @param values [nObs, nDim], row-major
 * @returns [k, nDim]
 */
export function plusPlusCentres(values: Float64Array, nDim: number, k: number, random: RandomStream): Float64Array {
  const nObs = values.length / nDim;
  const centres = new Float64Array(k * nDim);
  const nCandidates = 2 + Math.floor(Math.log(k));
  let first = random.below(nObs);
  centres.set(values.subarray(first * nDim, first * nDim + nDim));
  let nearest = new Float64Array(nObs);
  let candidateNearest = new Float64Array(nObs);
  let bestNearest = new Float64Array(nObs);
  let total = 0;
  for (let i = 0; i < nObs; i++) {
    nearest[i] = squaredDistance(values, i * nDim, centres, 0, nDim);
    total += nearest[i];
  }
  for (let c = 1; c < k; c++) {
    let bestTotal = Infinity;
    for (let candidate = 0; candidate < nCandidates; candidate++) {
      const drawn = drawByWeight(nearest, total, random);
      let sum = 0;
      for (let i = 0; i < nObs; i++) {
        const distance = squaredDistance(values, i * nDim, values, drawn * nDim, nDim);
        candidateNearest[i] = distance < nearest[i] ? distance : nearest[i];
        sum += candidateNearest[i];
      }
      if (sum < bestTotal) {
        bestTotal = sum;
        first = drawn;
        [bestNearest, candidateNearest] = [candidateNearest, bestNearest];
      }
    }
    centres.set(values.subarray(first * nDim, first * nDim + nDim), c * nDim);
    [nearest, bestNearest] = [bestNearest, nearest];
    total = bestTotal;
  }
  return centres;
}

/** A position drawn in proportion to its weight; any position when all weights are 0. */
function drawByWeight(weights: Float64Array, total: number, random: RandomStream): number {
  let left = random.uniform() * total;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return random.below(weights.length);
}
