import { Random } from '../engine/random/random.ts';

/** Ascending positions in the dataset. */
export interface SpotSplit {
  train: Uint32Array;
  test: Uint32Array;
}

/**
 * Draws spots for training and for testing. The test spots do not depend on the share that is trained on, and a smaller
 * training set is part of every larger one.
 *
 * @param obs positions in the dataset to choose from
 * @param shares shares of `obs`; at least one spot each
 */
export function splitSpots(
  obs: Uint32Array,
  shares: { trainShare: number; testShare: number; seed: number },
): SpotSplit {
  const order = Random.from(shares.seed, 'held-out spots').shuffle(obs.slice());
  const nTest = Math.min(Math.max(Math.round(obs.length * shares.testShare), 1), obs.length - 1);
  const nTrain = Math.min(Math.max(Math.round(obs.length * shares.trainShare), 1), obs.length - nTest);
  return { test: order.slice(0, nTest).sort(), train: order.slice(nTest, nTest + nTrain).sort() };
}
