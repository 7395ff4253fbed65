import type { HeldOutMeasure } from '../method.ts';

/**
 * What a network of position is judged by: the mean squared error of the expression of held-out spots, by the output
 * layer that was kept in the end (solved or trained, tuned or not).
 *
 * @param term of its epochs
 * @param comparesEpochs whether these settings make a run of one training alone
 */
export function heldOutError<P>(term: string, comparesEpochs: (parameters: P) => boolean): HeldOutMeasure<P> {
  return { term, title: 'Mean squared error of held-out spots', comparesEpochs, final: keptError };
}

function keptError(summary: Record<string, number>): number | undefined {
  const { solved, heldOutSolved, heldOutTrained, heldOutBeforeTuning, heldOutAfterTuning, heldOutLoss } = summary;
  if (heldOutTrained !== undefined) return solved === 1 ? heldOutSolved : heldOutTrained;
  if (heldOutAfterTuning !== undefined) return Math.min(heldOutBeforeTuning, heldOutAfterTuning);
  return heldOutLoss;
}
