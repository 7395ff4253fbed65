import { squaredDistance } from './squared-distance.ts';

const MAX_ITERATIONS = 300;

/**
 * Lloyd's algorithm to its fixed point, with Hamerly's bounds: one upper bound (to the own centre) and one lower bound
 * (to the second nearest) per observation spare most distances. The outcome is the same as without bounds. A centre
 * that loses all its observations stays where it is. Source: Hamerly 2010, Making k-means even faster.
 * @param values [nObs, nDim], row-major
 * @param centres [k, nDim]; moved in place
 * @param afterIteration may throw to stop
 * @returns [nObs], the centre of each observation
 */
export async function lloyd(
  values: Float64Array,
  nDim: number,
  centres: Float64Array,
  afterIteration: () => Promise<void>,
): Promise<Int32Array> {
  const nObs = values.length / nDim;
  const k = centres.length / nDim;
  const codes = new Int32Array(nObs);
  const upper = new Float64Array(nObs).fill(Infinity);
  const lower = new Float64Array(nObs);
  const halfGap = new Float64Array(k);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    fillHalfGaps(centres, nDim, halfGap);
    const changed = assign(values, nDim, centres, codes, upper, lower, halfGap);
    if (changed === 0 && iteration > 0) break;
    moveCentres(values, nDim, centres, codes, upper, lower);
    await afterIteration();
  }
  return codes;
}

/** Half the distance of each centre to the nearest other one: within it, no other centre can be nearer. */
function fillHalfGaps(centres: Float64Array, nDim: number, halfGap: Float64Array): void {
  halfGap.fill(Infinity);
  for (let a = 0; a < halfGap.length; a++) {
    for (let b = 0; b < a; b++) {
      const half = Math.sqrt(squaredDistance(centres, a * nDim, centres, b * nDim, nDim)) / 2;
      halfGap[a] = Math.min(halfGap[a], half);
      halfGap[b] = Math.min(halfGap[b], half);
    }
  }
}

/** Puts each observation to its nearest centre (ties: the first) and counts those that changed. */
function assign(
  values: Float64Array,
  nDim: number,
  centres: Float64Array,
  codes: Int32Array,
  upper: Float64Array,
  lower: Float64Array,
  halfGap: Float64Array,
): number {
  let changed = 0;
  for (let i = 0; i < codes.length; i++) {
    const own = codes[i];
    const safe = Math.max(halfGap[own], lower[i]);
    if (upper[i] < safe) continue;
    if (upper[i] !== Infinity) {
      upper[i] = Math.sqrt(squaredDistance(values, i * nDim, centres, own * nDim, nDim));
      if (upper[i] < safe) continue;
    }
    let nearest = Infinity;
    let second = Infinity;
    let at = 0;
    for (let c = 0; c < halfGap.length; c++) {
      const distance = squaredDistance(values, i * nDim, centres, c * nDim, nDim);
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        at = c;
      } else if (distance < second) second = distance;
    }
    upper[i] = Math.sqrt(nearest);
    lower[i] = Math.sqrt(second);
    if (at !== own) {
      codes[i] = at;
      changed++;
    }
  }
  return changed;
}

/** Centres to the means of their observations; bounds widen by how far the centres went. */
function moveCentres(
  values: Float64Array,
  nDim: number,
  centres: Float64Array,
  codes: Int32Array,
  upper: Float64Array,
  lower: Float64Array,
): void {
  const k = centres.length / nDim;
  const means = new Float64Array(centres.length);
  const sizes = new Float64Array(k);
  for (let i = 0; i < codes.length; i++) {
    const to = codes[i] * nDim;
    sizes[codes[i]]++;
    for (let d = 0; d < nDim; d++) means[to + d] += values[i * nDim + d];
  }
  const moved = new Float64Array(k);
  let furthest = 0;
  for (let c = 0; c < k; c++) {
    if (sizes[c] === 0) continue;
    for (let d = 0; d < nDim; d++) means[c * nDim + d] /= sizes[c];
    moved[c] = Math.sqrt(squaredDistance(centres, c * nDim, means, c * nDim, nDim));
    centres.set(means.subarray(c * nDim, c * nDim + nDim), c * nDim);
    furthest = Math.max(furthest, moved[c]);
  }
  for (let i = 0; i < codes.length; i++) {
    upper[i] += moved[codes[i]];
    lower[i] -= furthest;
  }
}
