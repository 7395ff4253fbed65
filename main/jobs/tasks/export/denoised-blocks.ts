import { throwIfCancelled } from '../../../errors/lacuna-error.ts';
import type { DenseRows } from '../../../export/export-source.ts';
import type { Engine } from '../../../engine/engine.ts';
import { createDenoisedReader } from '../../../methods/denoised/denoised-reader.ts';
import type { DenoisedModel } from '../../../methods/method.ts';
import type { ExpressionSource, ValueScale } from '../../../preprocess/expression-source.ts';

/** Values in a block: 4 MiB. */
const BLOCK_VALUES = 1 << 20;
/** Multiplications from which the tensor engine (about a hundred times as fast) is worth its start of a second or two. */
const WORTH_AN_ENGINE = 2e9;

export interface BlockOptions {
  signal?: AbortSignal;
  /** Values in a block. */
  blockValues?: number;
  /** Multiplications from which the tensor engine computes. */
  worthAnEngine?: number;
}

type Factored = Extract<DenoisedModel, { kind: 'factored' }>;

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
  const { signal, blockValues = BLOCK_VALUES, worthAnEngine = WORTH_AN_ENGINE } = options;
  const blockRows = Math.max(1, Math.min(nObs, Math.floor(blockValues / nVar)));
  const buffer = new Float32Array(blockRows * nVar);
  const large =
    model.kind === 'factored' && nObs * nVar * model.hidden.nDim > worthAnEngine && model.link === 'identity';
  const multiply = large ? tensorProduct(model, await engine()) : null;
  const reader = createDenoisedReader(model, data);
  try {
    for (let start = 0; start < nObs; start += blockRows) {
      throwIfCancelled(signal);
      await new Promise((resolve) => setImmediate(resolve));
      const rows = Uint32Array.from({ length: Math.min(blockRows, nObs - start) }, (_, i) => start + i);
      const values = buffer.subarray(0, rows.length * nVar);
      if (multiply) multiply.rows(start, rows.length, values);
      else reader.rows(rows, values);
      data.undo(values, rows, scale);
      yield { start, nObs: rows.length, values };
    }
  } finally {
    multiply?.dispose();
  }
}

/** hidden · weights + bias for consecutive observations, by the tensor engine. */
function tensorProduct({ hidden, weights, bias }: Factored, { tf }: Engine) {
  const nHidden = hidden.nDim;
  const matrix = tf.tensor2d(weights, [nHidden, bias.length]);
  const offset = tf.tensor1d(bias);
  return {
    rows(start: number, count: number, out: Float32Array) {
      const product = tf.tidy(() => {
        const part = tf.tensor2d(hidden.values.slice(start * nHidden, (start + count) * nHidden), [count, nHidden]);
        return tf.add(tf.matMul(part, matrix), offset);
      });
      out.set(product.dataSync() as Float32Array);
      product.dispose();
    },
    dispose() {
      matrix.dispose();
      offset.dispose();
    },
  };
}
