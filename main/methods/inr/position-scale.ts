import type { Coordinates } from '../neighbours/nearest-by-grid.ts';

/** How positions are brought to about [−1, 1]: `scaled = (position − centre) / half`. JSON-safe. */
export interface PositionScale {
  centre: number[];
  half: number[];
}

/**
 * Min–max to [−1, 1], every axis for itself or all by the longest one, so that the tissue keeps its aspect. An axis
 * along which nothing changes (a flat section in three dimensions) becomes 0.
 */
export function fitPositionScale(parts: readonly Coordinates[], aspect: 'per-axis' | 'keep'): PositionScale {
  const { nDim } = parts[0];
  const low = new Array<number>(nDim).fill(Infinity);
  const high = new Array<number>(nDim).fill(-Infinity);
  for (const { values } of parts) {
    for (let k = 0; k < values.length; k++) {
      low[k % nDim] = Math.min(low[k % nDim], values[k]);
      high[k % nDim] = Math.max(high[k % nDim], values[k]);
    }
  }
  const halves = low.map((value, d) => (high[d] - value) / 2);
  const longest = Math.max(...halves);
  return {
    centre: low.map((value, d) => (value + high[d]) / 2),
    half: halves.map((half) => (aspect === 'keep' ? longest : half) || 1),
  };
}

/** @returns [n, nDim], about −1…1 */
export function scalePositions({ centre, half }: PositionScale, positions: ArrayLike<number>): Float32Array {
  const nDim = centre.length;
  return Float32Array.from({ length: positions.length }, (_, k) => (positions[k] - centre[k % nDim]) / half[k % nDim]);
}
