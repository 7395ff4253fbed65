/**
 * The candidate whose short training judged best on held-out observations; the coarser one of equals. Without held-out
 * observations (fewer than ten would be set aside) the middle candidate.
 *
 * @param losses held-out loss of each candidate, coarse to fine; NaN where nothing was held out
 */
export function bestDetail(losses: readonly number[]): number {
  if (losses.some((loss) => !Number.isFinite(loss))) return losses.length >> 1;
  return losses.reduce((best, loss, i) => (loss < losses[best] ? i : best), 0);
}
