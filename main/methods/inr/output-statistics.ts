import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { LongTask } from '../../dataset/progress.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Engine } from '../../engine/engine.ts';
import type { DenseOutput } from '../method.ts';
import { createBatchFiller } from '../training/batches.ts';
import { breathe } from '../training/event-loop.ts';
import type { BatchData } from '../training/training.types.ts';

/** Sums over observations from which a linear output layer and its squared error follow, without the observations. */
export interface OutputStatistics {
  n: number;
  nHidden: number;
  nVar: number;
  /** Σ h: [nHidden] */
  h: Float64Array;
  /** Σ h hᵀ: [nHidden, nHidden] */
  hh: Float64Array;
  /** Σ h yᵀ: [nHidden, nVar] */
  hy: Float32Array;
  /** Σ y and Σ y²: [nVar] */
  y: Float64Array;
  yy: Float64Array;
}

const ROWS_PER_BATCH = 512;

/** One pass over `rows`; `hidden` is [nObs, nHidden] of all observations. */
export async function outputStatistics(
  engine: Engine,
  data: BatchData,
  hidden: DenseOutput,
  rows: Uint32Array,
  task: LongTask = {},
): Promise<OutputStatistics> {
  const { tf } = engine;
  const { nDim: nHidden, values } = hidden;
  const { nVar } = data;
  const h = new Float64Array(nHidden);
  const hh = new Float64Array(nHidden * nHidden);
  const y = new Float64Array(nVar);
  const yy = new Float64Array(nVar);
  const filler = createBatchFiller(engine, data, Math.min(ROWS_PER_BATCH, Math.max(1, rows.length)));
  let hy: Tensor2D = tf.zeros([nHidden, nVar]);
  try {
    for (let start = 0; start < rows.length; start += ROWS_PER_BATCH) {
      await breathe();
      throwIfCancelled(task.signal);
      task.report?.({ stage: 'Solving for the output layer', fraction: start / rows.length });
      const part = rows.subarray(start, Math.min(start + ROWS_PER_BATCH, rows.length));
      const picked = takeRows(values, nHidden, part);
      const x = filler.fill(part);
      const [sumHh, sumHy, sumY, sumYy] = tf.tidy((): [Tensor, Tensor2D, Tensor, Tensor] => {
        const hiddenPart = tf.tensor2d(picked, [part.length, nHidden]);
        return [
          tf.matMul(hiddenPart, hiddenPart, true),
          tf.add(hy, tf.matMul(hiddenPart, x, true)),
          tf.sum(x, 0),
          tf.sum(tf.square(x), 0),
        ];
      });
      x.dispose();
      hy.dispose();
      hy = sumHy;
      addTo(hh, sumHh.dataSync());
      addTo(y, sumY.dataSync());
      addTo(yy, sumYy.dataSync());
      for (let k = 0; k < picked.length; k++) h[k % nHidden] += picked[k];
      tf.dispose([sumHh, sumY, sumYy]);
    }
    return { n: rows.length, nHidden, nVar, h, hh, hy: hy.dataSync<'float32'>().slice(), y, yy };
  } finally {
    hy.dispose();
  }
}

/** The sums over two sets of observations together. */
export function addStatistics(a: OutputStatistics, b: OutputStatistics): OutputStatistics {
  const sum = <T extends Float32Array | Float64Array>(left: T, right: T): T =>
    left.map((value, k) => value + right[k]) as T;
  return {
    ...a,
    n: a.n + b.n,
    h: sum(a.h, b.h),
    hh: sum(a.hh, b.hh),
    hy: sum(a.hy, b.hy),
    y: sum(a.y, b.y),
    yy: sum(a.yy, b.yy),
  };
}

/** Rows of a [n, nDim] array, copied. */
export function takeRows(values: Float32Array, nDim: number, rows: ArrayLike<number>): Float32Array {
  const taken = new Float32Array(rows.length * nDim);
  for (let r = 0; r < rows.length; r++) taken.set(values.subarray(rows[r] * nDim, (rows[r] + 1) * nDim), r * nDim);
  return taken;
}

function addTo(sums: Float64Array, values: ArrayLike<number>): void {
  for (let k = 0; k < sums.length; k++) sums[k] += values[k];
}
