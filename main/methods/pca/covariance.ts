import type { Tensor2D } from '@tensorflow/tfjs-core';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { TrainContext } from '../method.ts';
import { createBatchFiller } from '../training/batches.ts';
import { breathe } from '../training/event-loop.ts';

/** Up to this many genes their covariance matrix is kept in memory (64 MB); beyond, each product goes through the data. */
const MAX_VAR_IN_MEMORY = 4096;
const BATCH = 256;

/** The scatter matrix S = Σᵢ (xᵢ − x̄)(xᵢ − x̄)ᵀ [nVar, nVar] as an operator. */
export interface Scatter {
  /** S · block, [nVar, b] → [nVar, b]. */
  apply(block: Tensor2D): Promise<Tensor2D>;
  /** Trace of S: the total variance times (nObs − 1). Valid after the first `apply`. */
  trace(): number;
  dispose(): void;
}

export async function createScatter(context: TrainContext<unknown>): Promise<Scatter> {
  const { engine, data } = context;
  const { tf } = engine;
  const mean = tf.keep(tf.tensor1d(data.geneMean.slice()));
  let trace = 0;

  /** Sums `part(centred batch)` over the data. */
  const overBatches = async (part: (centred: Tensor2D) => Tensor2D): Promise<Tensor2D> => {
    const filler = createBatchFiller(engine, data, Math.min(BATCH, data.nObs));
    let sum: Tensor2D | null = null;
    for (let start = 0; start < data.nObs; start += BATCH) {
      await breathe();
      throwIfCancelled(context.signal);
      const rows = Uint32Array.from({ length: Math.min(BATCH, data.nObs - start) }, (_, i) => start + i);
      const x = filler.fill(rows);
      const next: Tensor2D = tf.tidy(() => {
        const term = part(tf.sub(x, mean) as Tensor2D);
        return sum ? tf.add(sum, term) : term;
      });
      x.dispose();
      (sum as Tensor2D | null)?.dispose();
      sum = next;
    }
    return sum as unknown as Tensor2D;
  };
  const addTrace = (centred: Tensor2D): void => {
    trace += tf.sum(tf.square(centred)).dataSync()[0];
  };

  if (data.nVar <= MAX_VAR_IN_MEMORY) {
    const matrix = await overBatches((centred) => {
      addTrace(centred);
      return tf.matMul(centred, centred, true, false);
    });
    return {
      apply: async (block) => tf.matMul(matrix, block),
      trace: () => trace,
      dispose: () => {
        mean.dispose();
        matrix.dispose();
      },
    };
  }
  let traced = false;
  return {
    async apply(block) {
      const product = await overBatches((centred) => {
        if (!traced) addTrace(centred);
        return tf.matMul(centred, tf.matMul(centred, block), true, false);
      });
      traced = true;
      return product;
    },
    trace: () => trace,
    dispose: () => mean.dispose(),
  };
}
