import type { Engine } from '../engine.ts';

/** TensorFlow takes the memory of an array for its own when it starts at a multiple of this, bytes; else it copies. */
const ALIGNMENT = 64;
/** The system's allocator starts every array at a multiple of this, bytes. */
const STEP = 16;
const N_PROBED = 16;

/**
 * An array to fill again and again for `tf.tensor`: on the processor, placed so that TensorFlow works in its memory
 * instead of copying it, which for 256 × 13,714 values is a millisecond a step. A tensor made of it has to be disposed
 * before the array is filled again. Elsewhere an ordinary array: on a graphics card values may still be on their way.
 */
export function sharedBuffer(engine: Engine, length: number): Float32Array {
  if (engine.backend !== 'tensorflow' || engine.device !== 'CPU' || length < N_PROBED) return new Float32Array(length);
  const memory = new ArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT + ALIGNMENT);
  for (let start = 0; start < ALIGNMENT; start += STEP) {
    if (isShared(engine, new Float32Array(memory, start, N_PROBED))) return new Float32Array(memory, start, length);
  }
  return new Float32Array(memory, 0, length);
}

/** JavaScript does not tell where an array lies; so a tensor is made of it, and watched while the array changes. */
function isShared({ tf }: Engine, probe: Float32Array): boolean {
  probe[0] = 0;
  const tensor = tf.tensor1d(probe, 'float32');
  const first = (): number => tf.tidy(() => tf.slice(tensor, [0], [1]).dataSync()[0]);
  first();
  probe[0] = 1;
  const shared = first() === 1;
  probe[0] = 0;
  tensor.dispose();
  return shared;
}
