import { z } from 'zod';

/** When a training is stopped because earlier ones did better at the same epoch. */
export const pruningSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('median'),
    /** Finished trials before any is stopped. */
    startTrials: z.int().min(1).max(1000).default(5),
    /** Epochs that every trial is given. */
    warmUpEpochs: z.int().min(0).max(10_000).default(5),
  }),
  z.strictObject({
    kind: z.literal('halving'),
    /** Where trials are compared for the first time. */
    minEpochs: z.int().min(1).max(10_000).default(5),
    /** Of so many trials one goes on, and is compared again after so many times the epochs. */
    factor: z.int().min(2).max(16).default(3),
  }),
]);
export type Pruning = z.infer<typeof pruningSchema>;

/** An earlier trial: the held-out loss of each epoch, from the first. */
export interface TrialCurve {
  heldOut: readonly number[];
  /** False when it was stopped as hopeless. */
  finished: boolean;
}

/** A training is stopped after `epoch` when its least held-out loss so far lies above `limit`. */
export interface StopLimit {
  epoch: number;
  limit: number;
  /** How many trials the limit is made from. */
  nTrials: number;
}

/**
 * What a new trial has to reach, worked out before it starts from all trials before it: so a decision never depends on
 * timing, and is the same when a search is resumed.
 *
 * Median rule (Golovin et al. 2017; Optuna): the least loss so far must not lie above the median of what finished trials
 * had reached by that epoch. Successive halving, asynchronous (Li et al. 2020): at epochs m, m·η, m·η² … the trial must
 * be among the best ⌊n / η⌋ (at least one) of the n that got there, itself included. A trial that stopped early by
 * itself keeps its best loss for later epochs.
 */
export function stopLimits(pruning: Pruning, earlier: readonly TrialCurve[], epochs: number): StopLimit[] {
  const curves = earlier
    .filter(({ heldOut }) => heldOut.length > 0)
    .map(({ heldOut, finished }) => ({ least: runningLeast(heldOut), finished }));
  if (pruning.kind === 'median') {
    const done = curves.filter(({ finished }) => finished);
    if (done.length < pruning.startTrials) return [];
    const limits: StopLimit[] = [];
    for (let epoch = pruning.warmUpEpochs + 1; epoch < epochs; epoch++)
      limits.push({ epoch, limit: median(done.map(({ least }) => reached(least, epoch))), nTrials: done.length });
    return limits;
  }
  if (pruning.kind === 'halving') {
    const limits: StopLimit[] = [];
    for (let epoch = pruning.minEpochs; epoch < epochs; epoch *= pruning.factor) {
      const there = curves.filter(({ least, finished }) => finished || least.length >= epoch);
      if (there.length === 0) continue;
      const values = there.map(({ least }) => reached(least, epoch)).sort((a, b) => a - b);
      const nKept = Math.max(1, Math.floor((values.length + 1) / pruning.factor));
      limits.push({ epoch, limit: values[Math.min(nKept, values.length) - 1], nTrials: there.length });
    }
    return limits;
  }
  return [];
}

function runningLeast(values: readonly number[]): number[] {
  let least = Infinity;
  return values.map((value) => (least = Math.min(least, value)));
}

function reached(least: readonly number[], epoch: number): number {
  return least[Math.min(epoch, least.length) - 1];
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
