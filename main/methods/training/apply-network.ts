import type { Tensor2D } from '@tensorflow/tfjs-core';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { ParameterStore, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { DenseOutput, TrainContext } from '../method.ts';
import { createBatchFiller } from './batches.ts';
import { breathe } from './event-loop.ts';

/**
 * Runs a trained network over all observations, batch by batch.
 *
 * @param outputs [n, nDim] arrays by name for one batch, and the positions of its observations
 * @returns the same names, [nObs, nDim]
 */
export async function applyNetwork<Name extends string>(
  context: TrainContext<unknown>,
  store: ParameterStore,
  batchSize: number,
  outputs: (weights: Weights, x: Tensor2D, rows: Uint32Array) => Record<Name, Tensor2D>,
): Promise<Record<Name, DenseOutput>> {
  const { engine, data } = context;
  const { tf } = engine;
  const size = Math.min(batchSize, data.nObs);
  const filler = createBatchFiller(engine, data, size);
  const weights = store.read();
  const results = {} as Record<Name, DenseOutput>;
  try {
    for (let start = 0; start < data.nObs; start += size) {
      await breathe();
      throwIfCancelled(context.signal);
      const rows = Uint32Array.from({ length: Math.min(size, data.nObs - start) }, (_, i) => start + i);
      const x = filler.fill(rows);
      const part = tf.tidy(() => outputs(weights, x, rows));
      for (const name of Object.keys(part) as Name[]) {
        const nDim = part[name].shape[1];
        results[name] ??= { nDim, values: new Float32Array(data.nObs * nDim) };
        results[name].values.set(part[name].dataSync(), start * nDim);
      }
      // Two names may share a tensor: with a linear decoder the latent is the last hidden layer.
      tf.dispose([...new Set(Object.values<Tensor2D>(part))]);
      x.dispose();
    }
  } finally {
    for (const tensor of Object.values(weights)) tensor.dispose();
  }
  return results;
}
