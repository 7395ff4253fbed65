import { squaredDistance } from './squared-distance.ts';

/** Passes over all observations; in practice a handful suffices. */
const MAX_PASSES = 50;

/**
 * Moves single observations to another cluster while that lowers the summed squared distance, centres following at
 * once. Moving from a cluster of n to one of m is worth it when m/(m+1)·d² there is less than n/(n-1)·d² here.
 * Source: Hartigan 1975, Clustering algorithms, chapter 4.
 * @param codes [nObs]; changed in place
 * @returns the inertia reached
 */
export function exchange(values: Float64Array, nDim: number, k: number, codes: Int32Array): number {
  const sizes = new Float64Array(k);
  const centres = new Float64Array(k * nDim);
  for (let i = 0; i < codes.length; i++) {
    sizes[codes[i]]++;
    for (let d = 0; d < nDim; d++) centres[codes[i] * nDim + d] += values[i * nDim + d];
  }
  for (let at = 0; at < centres.length; at++) centres[at] /= Math.max(1, sizes[Math.floor(at / nDim)]);

  for (let pass = 0; pass < MAX_PASSES; pass++) {
    let moves = 0;
    for (let i = 0; i < codes.length; i++) {
      const own = codes[i];
      if (sizes[own] === 1) continue;
      const stay = (sizes[own] / (sizes[own] - 1)) * squaredDistance(values, i * nDim, centres, own * nDim, nDim);
      // A hair's breadth of rounding must not send an observation back and forth.
      let least = stay * (1 - 1e-12);
      let to = own;
      for (let c = 0; c < k; c++) {
        if (c === own) continue;
        const cost = (sizes[c] / (sizes[c] + 1)) * squaredDistance(values, i * nDim, centres, c * nDim, nDim);
        if (cost < least) {
          least = cost;
          to = c;
        }
      }
      if (to === own) continue;
      for (let d = 0; d < nDim; d++) {
        const value = values[i * nDim + d];
        centres[own * nDim + d] += (centres[own * nDim + d] - value) / (sizes[own] - 1);
        centres[to * nDim + d] += (value - centres[to * nDim + d]) / (sizes[to] + 1);
      }
      sizes[own]--;
      sizes[to]++;
      codes[i] = to;
      moves++;
    }
    if (moves === 0) break;
  }
  let inertia = 0;
  for (let i = 0; i < codes.length; i++) inertia += squaredDistance(values, i * nDim, centres, codes[i] * nDim, nDim);
  return inertia;
}
