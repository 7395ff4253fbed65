import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import type { Batch } from '../training/training.types.ts';

/**
 * The input with a random share of its values set to zero and the others raised to keep the mean (Srivastava et al.,
 * "Dropout", 2014; on the input it makes a denoising autoencoder, Vincent et al., 2008): the network has to infer a gene
 * from the others, which is what dropout zeros demand. Held-out batches stay as they are.
 */
export function corrupt(engine: Engine, batch: Pick<Batch, 'x' | 'training' | 'random'>, share: number): Tensor2D {
  if (share === 0 || !batch.training) return batch.x;
  const { tf } = engine;
  const [n, nVar] = batch.x.shape;
  const kept = new Float32Array(n * nVar);
  batch.random.fillKept(kept, share);
  return tf.mul(batch.x, tf.tensor2d(kept, [n, nVar])) as Tensor2D;
}
