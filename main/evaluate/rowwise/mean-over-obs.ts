/** Mean of a score over observations, and how many had none. */
export interface MeanOverObs {
  /** NaN when no observation has the score. */
  mean: number;
  nUsed: number;
  /** Observations whose score is not defined (constant or empty ones); left out of the mean. */
  nUndefined: number;
}

/** Averages a score [nObs] over the observations that have it. */
export function meanOverObs(scores: Float64Array): MeanOverObs {
  let sum = 0;
  let nUsed = 0;
  for (const score of scores) {
    if (Number.isNaN(score)) continue;
    sum += score;
    nUsed++;
  }
  return { mean: nUsed === 0 ? NaN : sum / nUsed, nUsed, nUndefined: scores.length - nUsed };
}
