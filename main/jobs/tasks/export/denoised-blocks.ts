import { throwIfCancelled } from '../../../errors/lacuna-error.ts';
import type { DenseRows } from '../../../export/export-source.ts';
import type { Engine } from '../../../engine/engine.ts';
import { createEngineReader } from '../../../methods/denoised/engine-reader.ts';
import type { DenoisedModel } from '../../../methods/method.ts';
import type { ExpressionSource, ValueScale } from '../../../preprocess/expression-source.ts';

/** Values in a block: 4 MiB. */
const BLOCK_VALUES = 1 << 20;

export interface BlockOptions {
  signal?: AbortSignal;
  /** Values in a block. */
  blockValues?: number;
  /** Multiplications from which the tensor engine computes. */
  worthAnEngine?: number;
}

/**
 * The denoised matrix in blocks of observations, on the scale that was asked for. One buffer is filled again and again.
 *
 * @param engine started only when the product is large
 */
export async function* denoisedBlocks(
  model: DenoisedModel,
  data: ExpressionSource,
  scale: ValueScale,
  engine: () => Promise<Engine>,
  options: BlockOptions = {},
): AsyncGenerator<DenseRows> {
  const { nObs, nVar } = data;
  const { signal, blockValues = BLOCK_VALUES, worthAnEngine } = options;
  const blockRows = Math.max(1, Math.min(nObs, Math.floor(blockValues / nVar)));
  const buffer = new Float32Array(blockRows * nVar);
  const reader = await createEngineReader(model, data, engine, { worthAnEngine });
  try {
    for (let start = 0; start < nObs; start += blockRows) {
      throwIfCancelled(signal);
      await new Promise((resolve) => setImmediate(resolve));
      const rows = Uint32Array.from({ length: Math.min(blockRows, nObs - start) }, (_, i) => start + i);
      const values = buffer.subarray(0, rows.length * nVar);
      reader.rows(rows, values);
      data.undo(values, rows, scale);
      yield { start, nObs: rows.length, values };
    }
  } finally {
    reader.dispose();
  }
}
