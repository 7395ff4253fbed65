import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ParameterStore } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import type { CheckpointState, EpochRecord } from '../method.ts';
import type { EarlyStopping } from './early-stopping.ts';

/** The random streams of a training; replaced as a whole on resume. */
export interface Streams {
  shuffle: Random;
  noise: Random;
}

/** Everything that the rest of a training depends on, at the end of an epoch. */
export function checkpointOf(
  last: EpochRecord,
  store: ParameterStore,
  streams: Streams,
  stopping: EarlyStopping,
  rate: unknown,
): CheckpointState {
  const arrays = store.snapshot();
  for (const [name, values] of Object.entries(stopping.bestWeights ?? {})) arrays[`best/${name}`] = values;
  return {
    epoch: last.epoch,
    arrays,
    state: {
      steps: store.steps,
      shuffle: streams.shuffle.state(),
      noise: streams.noise.state(),
      best: stopping.bestEpoch > 0 ? { loss: stopping.best, epoch: stopping.bestEpoch } : null,
      rate,
      last,
    },
  };
}

/**
 * Puts a checkpoint back.
 *
 * @throws LacunaError `project-damaged` when the checkpoint does not fit the network
 */
export function resume(
  from: CheckpointState,
  store: ParameterStore,
  streams: Streams,
  stopping: EarlyStopping,
): { epoch: number; last: EpochRecord } {
  const missing = store.names.find((name) => !from.arrays[`weights/${name}`]);
  if (missing !== undefined) {
    throw new LacunaError(
      'project-damaged',
      `The checkpoint of this run lacks the weights '${missing}'.`,
      'Start the run again.',
    );
  }
  const state = from.state as {
    steps: number;
    shuffle: number[];
    noise: number[];
    best: { loss: number; epoch: number } | null;
    last: EpochRecord;
  };
  store.restore(from.arrays, state.steps);
  streams.shuffle = Random.restore(state.shuffle);
  streams.noise = Random.restore(state.noise);
  if (state.best) {
    stopping.best = state.best.loss;
    stopping.bestEpoch = state.best.epoch;
    if (from.arrays[`best/${store.names[0]}`]) {
      stopping.bestWeights = Object.fromEntries(store.names.map((name) => [name, from.arrays[`best/${name}`]]));
    }
  }
  return { epoch: from.epoch, last: state.last };
}
