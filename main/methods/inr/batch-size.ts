const STEPS_PER_EPOCH = 16;
const SMALLEST = 32;
const LARGEST = 512;

/** The batch size asked for; 0 chooses a power of two that makes about 16 steps an epoch, between 32 and 512 spots. */
export function batchSizeFor(asked: number, nObs: number): number {
  if (asked > 0) return asked;
  const power = 2 ** Math.round(Math.log2(Math.max(1, nObs / STEPS_PER_EPOCH)));
  return Math.min(LARGEST, Math.max(SMALLEST, power));
}
