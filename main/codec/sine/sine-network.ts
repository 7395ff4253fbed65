import { exactSin } from '../exact/exact-math.ts';

/** A trained network of two coordinates: sine layers, then one linear output. */
export interface SineNetwork {
  omega: number;
  /** Widths from the input (2) to the output (1). */
  widths: readonly number[];
  /** By layer: [widths[l], widths[l + 1]] row-major. */
  kernels: Float32Array[];
  /** By layer: [widths[l + 1]] */
  biases: Float32Array[];
}

const POINTS_AT_ONCE = 64;

/**
 * Answers at points [n, 2], in float64 and always in the same order of additions, so that every machine gets the same bits: what is
 * stored beside the network as missing must be what is missing when it is read.
 */
export function answers({ omega, widths, kernels, biases }: SineNetwork, points: Float32Array): Float64Array {
  const n = points.length / 2;
  const out = new Float64Array(n);
  const widest = Math.max(...widths);
  // For many points copies as float64, so that the inner loop converts nothing.
  const ready = n > POINTS_AT_ONCE ? kernels.map((kernel) => Float64Array.from(kernel)) : kernels;
  let now = new Float64Array(POINTS_AT_ONCE * widest);
  let next = new Float64Array(POINTS_AT_ONCE * widest);
  for (let start = 0; start < n; start += POINTS_AT_ONCE) {
    const size = Math.min(POINTS_AT_ONCE, n - start);
    for (let k = 0; k < 2 * size; k++) now[k] = points[2 * start + k];
    for (let layer = 0; layer < kernels.length; layer++) {
      const [nIn, nOut] = [widths[layer], widths[layer + 1]];
      const kernel = ready[layer];
      for (let p = 0; p < size; p++) next.set(biases[layer], p * nOut);
      // A row of the kernel serves all points while it is near.
      for (let i = 0; i < nIn; i++) {
        const row = i * nOut;
        for (let p = 0; p < size; p++) {
          const value = now[p * nIn + i];
          const to = p * nOut;
          for (let o = 0; o < nOut; o++) next[to + o] += value * kernel[row + o];
        }
      }
      if (layer < kernels.length - 1) for (let k = 0; k < size * nOut; k++) next[k] = exactSin(omega * next[k]);
      [now, next] = [next, now];
    }
    out.set(now.subarray(0, size), start);
  }
  return out;
}
