import type { Random } from '../../engine/random/random.ts';
import type { BatchData } from '../training/training.types.ts';

/** Where pseudo-inputs start: at cells of the data drawn at random, so that they are plausible from the first step. */
export function firstPseudoInputs(data: BatchData, count: number, random: Random): Float32Array {
  const inputs = new Float32Array(count * data.nVar);
  if (count === 0) return inputs;
  const order = random.shuffle(Uint32Array.from({ length: data.nObs }, (_, i) => i));
  data.denseBatch(order.slice(0, count), inputs);
  return inputs;
}
