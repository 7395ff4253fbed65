import type { LongTask } from '../../dataset/progress.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { StreamedMatrix } from './measure-quality.ts';

/** Mean and variance of every gene over all observations. */
export interface MeanVariance {
  /** [nVar] */
  mean: Float64Array;
  /** [nVar], ddof 1 */
  variance: Float64Array;
}

/** In one pass over a streamed matrix; sums of counts and of their squares are exact in 64 bits. @throws LacunaError `cancelled` */
export async function meanVariance(matrix: StreamedMatrix, { signal }: LongTask = {}): Promise<MeanVariance> {
  const { nObs, nVar } = matrix;
  const sum = new Float64Array(nVar);
  const squares = new Float64Array(nVar);
  for await (const { indices, values } of matrix.chunks(signal)) {
    throwIfCancelled(signal);
    for (let k = 0; k < indices.length; k++) {
      sum[indices[k]] += values[k];
      squares[indices[k]] += values[k] * values[k];
    }
  }
  const variance = squares.map((of, j) => (nObs < 2 ? 0 : Math.max(0, (of - (sum[j] * sum[j]) / nObs) / (nObs - 1))));
  return { mean: sum.map((of) => of / nObs), variance };
}

/** Ends of the dispersions that are looked at. */
const LEAST = 1e-6;
const MOST = 1e4;
/** Share of the bracket that a step of the golden section keeps. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const STEPS = 80;

/**
 * The dispersion φ of the negative binomial that fits the genes as a whole: variance = mean + φ mean², by least squares
 * of the logarithms, which is how the plot shows them, over genes that occur; golden section over ln φ.
 *
 * @returns null where fewer than three genes vary
 */
export function commonDispersion({ mean, variance }: MeanVariance): number | null {
  const genes = Array.from(mean.keys()).filter((j) => mean[j] > 0 && variance[j] > 0);
  if (genes.length < 3) return null;
  const misfit = (logDispersion: number): number => {
    const dispersion = Math.exp(logDispersion);
    let total = 0;
    for (const j of genes) total += (Math.log(variance[j]) - Math.log(mean[j] + dispersion * mean[j] ** 2)) ** 2;
    return total;
  };
  let [low, high] = [Math.log(LEAST), Math.log(MOST)];
  for (let step = 0; step < STEPS; step++) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if (misfit(left) < misfit(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}
