import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Engine } from '../../engine/engine.ts';
import { valuesOf } from '../../engine/values-of.ts';
import type { DenseOutput } from '../method.ts';
import { NearestList } from './nearest-list.ts';

const BLOCK = 256;

/**
 * The k nearest other observations of each observation by Euclidean distance, exactly, in a space of any dimension:
 * ‖a − b‖² = ‖a‖² + ‖b‖² − 2a·b, one block of rows at a time.
 *
 * @param space [n, nDim]
 * @returns [n, k], nearest first
 */
export async function nearestInSpace(
  engine: Engine,
  space: DenseOutput,
  k: number,
  pause: (share: number) => Promise<void>,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const { tf } = engine;
  const { nDim, values } = space;
  const n = values.length / nDim;
  const result = new Uint32Array(n * k);
  const all = tf.tensor2d(values.slice(), [n, nDim]);
  const squares = tf.tidy(() => tf.sum(tf.square(all), 1));
  const nearest = new NearestList(k);
  try {
    for (let start = 0; start < n; start += BLOCK) {
      throwIfCancelled(signal);
      await pause(start / n);
      const size = Math.min(BLOCK, n - start);
      // ‖a‖² is the same for a whole row and does not change the order.
      const distances = valuesOf(engine, () =>
        tf.sub(squares, tf.mul(tf.matMul(tf.slice(all, [start, 0], [size, nDim]), all, false, true), 2)),
      );
      for (let r = 0; r < size; r++) {
        nearest.clear();
        const row = r * n;
        for (let j = 0; j < n; j++) {
          const distance = distances[row + j];
          if (j === start + r || (nearest.isFull() && distance > nearest.worst())) continue;
          nearest.offer(j, distance);
        }
        result.set(nearest.sorted(), (start + r) * k);
      }
    }
  } finally {
    all.dispose();
    squares.dispose();
  }
  return result;
}
