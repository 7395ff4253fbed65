/** A gene between the spots. */
export interface FinerGene {
  /** [n, nDim] */
  positions: Float32Array;
  nDim: 2 | 3;
  /** [n], the nearest observation of the run */
  nearest: Int32Array;
  /** [n] */
  values: Float32Array;
  /** Side of the square that each place stands for, data units. */
  step: number;
}

/** @param lines [n, width]: coordinates, nearest observation, value; row by row as the grid was laid */
export function finerGene(lines: Float32Array, width: number): FinerGene {
  const n = lines.length / width;
  const nDim = width === 5 ? 3 : 2;
  const positions = new Float32Array(n * nDim);
  const nearest = new Int32Array(n);
  const values = new Float32Array(n);
  let step = Infinity;
  for (let i = 0; i < n; i++) {
    const at = i * width;
    positions.set(lines.subarray(at, at + nDim), i * nDim);
    nearest[i] = lines[at + nDim];
    values[i] = lines[at + nDim + 1];
    // Neighbours in a row follow each other.
    if (i > 0 && lines[at + 1] === lines[at + 1 - width] && lines[at] > lines[at - width])
      step = Math.min(step, lines[at] - lines[at - width]);
  }
  return { positions, nDim, nearest, values, step: Number.isFinite(step) ? step : 1 };
}
