import type { NamedTensorMap, Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { columnSums } from '../../engine/layers/column-sums.ts';
import type { DenseOutput } from '../method.ts';

/**
 * `mean_i (mean_g |W_gi| / √(mean_g W_gi²))` of the first layer's weights: 1 where all weights of a neuron are alike, near 0 where
 * few genes feed it, whatever their scale (ZiPo, section II-E).
 *
 * @param kernel [nVar, width]
 */
export function weightSpread(engine: Engine, kernel: Tensor2D): Scalar {
  const { tf } = engine;
  const [nVar, width] = kernel.shape;
  const spreadOf = tf.customGrad((...inputs: unknown[]) => {
    const [w, save] = inputs as [Tensor2D, (tensors: Tensor[]) => void];
    const meanOf = (x: Tensor2D): Tensor => {
      const sums = columnSums(engine, x);
      x.dispose();
      return tf.div(sums, nVar);
    };
    const first = meanOf(tf.abs(w));
    const second = tf.sqrt(tf.add(meanOf(tf.square(w)), 1e-20));
    save([w, first, second]);
    const value = tf.mean(tf.div(first, second)) as Scalar;
    const gradFunc = (dy: Scalar, [saved, mean, root]: Tensor[]): Tensor[] => {
      const inverse = tf.mul(tf.reciprocal(root), tf.div(dy, nVar * width));
      const shrink = tf.div(tf.mul(mean, inverse), tf.square(root));
      return [tf.sub(tf.mul(tf.sign(saved), inverse), tf.mul(saved, shrink))];
    };
    return { value, gradFunc: gradFunc as (dy: Tensor, saved: Tensor[]) => Tensor[] & NamedTensorMap };
  });
  return spreadOf(kernel) as Scalar;
}

/** First-layer weights without the small ones, and which genes are left. */
export interface Pruned {
  kernel: Float32Array;
  /** Share of the weights that were set to 0. */
  sparsity: number;
  /** [nVar, 2]: sum of |weight| / largest |weight| of its neuron, and how many neurons the gene feeds. */
  geneImportance: DenseOutput;
}

/** Sets weights below δ times the largest of their neuron to zero (section III-E). */
export function pruneFirstLayer(kernel: Float32Array, width: number, delta: number): Pruned {
  const nVar = kernel.length / width;
  const largest = new Float32Array(width);
  kernel.forEach((value, k) => (largest[k % width] = Math.max(largest[k % width], Math.abs(value))));
  const values = new Float32Array(nVar * 2);
  let zeros = 0;
  const pruned = kernel.map((value, k) => {
    const unit = k % width;
    const share = largest[unit] > 0 ? Math.abs(value) / largest[unit] : 0;
    if (share === 0 || share < delta) {
      zeros++;
      return 0;
    }
    const gene = (k - unit) / width;
    values[gene * 2] += share;
    values[gene * 2 + 1]++;
    return value;
  });
  return { kernel: pruned, sparsity: zeros / kernel.length, geneImportance: { nDim: 2, values } };
}
