import type { Engine } from '../../engine/engine.ts';
import type { DenoisedModel } from '../method.ts';
import { createDenoisedReader, type DenoisedReader, type ReaderSource } from './denoised-reader.ts';
import { applyLink } from './link.ts';

/** Multiplications from which the tensor engine (about a hundred times as fast) is worth its start of a second or two. */
const WORTH_AN_ENGINE = 2e9;

/** A reader that holds tensors until it is disposed of. */
export interface HeldReader extends DenoisedReader {
  dispose(): void;
}

/**
 * A reader whose `rows` are computed by the tensor engine where that pays.
 *
 * @param passes how often all rows will be read
 * @param engine started only then
 */
export async function createEngineReader(
  model: DenoisedModel,
  source: ReaderSource,
  engine: () => Promise<Engine>,
  { passes = 1, worthAnEngine = WORTH_AN_ENGINE }: { passes?: number; worthAnEngine?: number } = {},
): Promise<HeldReader> {
  const reader = createDenoisedReader(model, source);
  const { nObs, nVar } = reader;
  if (model.kind === 'neighbours' || passes * nObs * nVar * model.hidden.nDim <= worthAnEngine)
    return { ...reader, dispose: () => {} };
  const { tf } = await engine();
  const { hidden, weights, bias, link } = model;
  const nHidden = hidden.nDim;
  const matrix = tf.tensor2d(weights, [nHidden, nVar]);
  const offset = tf.tensor1d(bias);
  return {
    ...reader,
    rows(positions, out) {
      const chosen = new Float32Array(positions.length * nHidden);
      for (let r = 0; r < positions.length; r++)
        chosen.set(hidden.values.subarray(positions[r] * nHidden, (positions[r] + 1) * nHidden), r * nHidden);
      const product = tf.tidy(() =>
        tf.add(tf.matMul(tf.tensor2d(chosen, [positions.length, nHidden]), matrix), offset),
      );
      const filled = out.subarray(0, positions.length * nVar);
      filled.set(product.dataSync() as Float32Array);
      product.dispose();
      applyLink(filled, link);
    },
    dispose() {
      matrix.dispose();
      offset.dispose();
    },
  };
}
