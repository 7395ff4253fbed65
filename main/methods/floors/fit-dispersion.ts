import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import { LogSums } from './log-sums.ts';

/** θ is searched within these, on a logarithmic scale; larger ones are Poisson. */
const LIMITS = [Math.log(1e-3), Math.log(1e4)] as const;
/** Of log θ. */
const TOLERANCE = 5e-3;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * θ of each gene's negative binomial by maximum likelihood, given its rate: [nVar]. With m = rate · exposure,
 * `log L(θ) = Σ_i H_i log(1 + i/θ) − Σ_{x>0} x log(1 + m/θ) − θ Σ log(1 + m/θ)`, H_i the number of counts above i. Only the
 * second sum runs over the nonzero entries; the third, over all cells, is looked up (`LogSums`).
 *
 * @param rate [nVar]
 * @param exposure [nObs]
 * @param rows cells to fit on
 */
export function fitDispersion(
  counts: CsrMatrix,
  rate: ArrayLike<number>,
  exposure: ArrayLike<number>,
  rows: Uint32Array,
): Float32Array {
  const { nVar, indptr, indices, values } = counts;
  const starts = new Uint32Array(nVar + 1);
  for (const row of rows) for (let k = indptr[row]; k < indptr[row + 1]; k++) starts[indices[k] + 1]++;
  for (let j = 0; j < nVar; j++) starts[j + 1] += starts[j];
  const next = starts.slice();
  const x = new Float32Array(starts[nVar]);
  const mean = new Float32Array(starts[nVar]);
  for (const row of rows) {
    for (let k = indptr[row]; k < indptr[row + 1]; k++) {
      const j = indices[k];
      x[next[j]] = values[k];
      mean[next[j]++] = rate[j] * exposure[row];
    }
  }
  const sums = new LogSums(Float64Array.from(rows, (row) => exposure[row]));
  return Float32Array.from({ length: nVar }, (_, j) => {
    const [from, to] = [starts[j], starts[j + 1]];
    const above = countsAbove(x.subarray(from, to));
    // Without two molecules in one cell there is nothing that speaks of a spread.
    if (above.length < 2) return Math.exp(LIMITS[1]);
    return Math.exp(
      maximise((logTheta) => {
        const inverse = Math.exp(-logTheta);
        let sum = -sums.at(rate[j] * inverse) / inverse;
        for (let i = 1; i < above.length; i++) sum += above[i] * Math.log1p(i * inverse);
        for (let k = from; k < to; k++) sum -= x[k] * Math.log1p(mean[k] * inverse);
        return sum;
      }),
    );
  });
}

/** How many of the counts are above 0, 1, … */
function countsAbove(x: Float32Array): Float64Array {
  let largest = 0;
  for (const value of x) largest = Math.max(largest, value);
  const above = new Float64Array(largest);
  for (const value of x) above[value - 1]++;
  for (let i = above.length - 2; i >= 0; i--) above[i] += above[i + 1];
  return above;
}

/** By golden section; log L has one maximum in log θ. */
function maximise(of: (logTheta: number) => number): number {
  let [low, high]: [number, number] = [...LIMITS];
  let a = high - GOLDEN * (high - low);
  let b = low + GOLDEN * (high - low);
  let [atA, atB] = [of(a), of(b)];
  while (high - low > TOLERANCE) {
    if (atA > atB) {
      [high, b, atB] = [b, a, atA];
      a = high - GOLDEN * (high - low);
      atA = of(a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + GOLDEN * (high - low);
      atB = of(b);
    }
  }
  return (low + high) / 2;
}
