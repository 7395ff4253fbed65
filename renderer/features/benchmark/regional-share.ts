/** Squares that a tissue is divided into, each way. */
const SIDE = 12;

/**
 * How much of the variance of some values lies between places rather than within them: 0 … 1, over a grid of 12 × 12
 * squares. What a few spots in each square would show by chance is taken off, so that noise gets about 0.
 *
 * @param positions [n, stride], of which the first two dimensions count
 */
export function regionalShare(values: Float32Array, positions: ArrayLike<number>, stride: number): number {
  const n = values.length;
  const squares = squaresOf(positions, stride, n);
  const sums = new Float64Array(SIDE * SIDE);
  const sizes = new Float64Array(SIDE * SIDE);
  let [total, totalOfSquares] = [0, 0];
  for (let i = 0; i < n; i++) {
    sums[squares[i]] += values[i];
    sizes[squares[i]]++;
    total += values[i];
    totalOfSquares += values[i] * values[i];
  }
  const all = totalOfSquares - (total * total) / n;
  if (!(all > 1e-9)) return 0;
  let between = -(total * total) / n;
  let filled = 0;
  sums.forEach((sum, square) => {
    if (sizes[square] === 0) return;
    filled++;
    between += (sum * sum) / sizes[square];
  });
  // Of pure noise, each square but one takes as much as a single spot.
  const byChance = (filled - 1) / Math.max(n - 1, 1);
  return byChance < 1 ? Math.max(0, (between / all - byChance) / (1 - byChance)) : 0;
}

function squaresOf(positions: ArrayLike<number>, stride: number, n: number): Uint16Array {
  const squares = new Uint16Array(n);
  for (const dim of [0, 1]) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < n; i++) {
      low = Math.min(low, positions[stride * i + dim]);
      high = Math.max(high, positions[stride * i + dim]);
    }
    const width = high > low ? (high - low) / SIDE : 1;
    for (let i = 0; i < n; i++) {
      const at = Math.min(SIDE - 1, Math.floor((positions[stride * i + dim] - low) / width));
      squares[i] += dim === 0 ? at : SIDE * at;
    }
  }
  return squares;
}
