import type { Engine } from '../../engine/engine.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { DenseOutput } from '../method.ts';
import type { Split } from '../training/split.ts';
import type { BatchData } from '../training/training.types.ts';
import { addStatistics, outputStatistics } from './output-statistics.ts';
import { outputError, solveOutput, type LinearOutput } from './solve-output.ts';

/** Values of `caution` that the held-out observations choose from; see `solveOutput`. */
const CAUTIONS = [1, 1.5, 2.5, 4];
/** The solved layer may be this much worse on held-out spots, for it will learn from them, too. */
const TOLERANCE = 1.003;

/**
 * Solves for the output layer in closed form on the frozen hidden layer, and keeps it where the held-out observations
 * are predicted as well as by the trained one or better; then it is solved once more with the held-out observations.
 *
 * @param hidden [nObs, nHidden] of all observations
 */
export async function finishOutput(
  engine: Engine,
  data: BatchData,
  hidden: DenseOutput,
  split: Split,
  trained: LinearOutput,
  task: LongTask,
): Promise<{ output: LinearOutput; summary: Record<string, number> }> {
  const training = await outputStatistics(engine, data, hidden, split.training, task);
  if (split.heldOut.length === 0) {
    // Nobody stopped the training, so the hidden layer may know its spots by heart.
    const caution = CAUTIONS[CAUTIONS.length - 1];
    return { output: solveOutput(engine, training, caution), summary: { solved: 1, caution } };
  }
  const heldOut = await outputStatistics(engine, data, hidden, split.heldOut, task);
  const trainedError = outputError(engine, heldOut, trained);
  const errors = CAUTIONS.map((caution) => outputError(engine, heldOut, solveOutput(engine, training, caution)));
  const best = errors.reduce((least, error, i) => (error < errors[least] ? i : least), 0);
  const summary = { heldOutTrained: trainedError, heldOutSolved: errors[best] };
  if (errors[best] >= trainedError * TOLERANCE) return { output: trained, summary: { ...summary, solved: 0 } };
  const everything = addStatistics(training, heldOut);
  return {
    output: solveOutput(engine, everything, CAUTIONS[best]),
    summary: { ...summary, solved: 1, caution: CAUTIONS[best] },
  };
}
