import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { sharedBuffer } from '../../engine/tensorflow/shared-buffer.ts';
import type { BatchData } from './training.types.ts';

/** Hands out dense batches [n, nVar] of an expression source through one reused buffer. */
export interface BatchFiller {
  /** The tensor must be disposed before the next call: it may share the buffer's memory. */
  fill(rows: Uint32Array): Tensor2D;
}

export function createBatchFiller(
  engine: Engine,
  data: Pick<BatchData, 'nVar' | 'denseBatch'>,
  batchSize: number,
): BatchFiller {
  const buffer = sharedBuffer(engine, batchSize * data.nVar);
  return {
    fill(rows) {
      const values = rows.length === batchSize ? buffer : buffer.subarray(0, rows.length * data.nVar);
      data.denseBatch(rows, values);
      return engine.tf.tensor2d(values, [rows.length, data.nVar], 'float32');
    },
  };
}
