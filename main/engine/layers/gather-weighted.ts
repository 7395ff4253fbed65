import type { NamedTensorMap, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';

/**
 * Weighted sums of rows of a table: `out[i] = Σ_c weights[i, c] · table[rows[i, c]]`.
 *
 * The gradient of the table adds every weighted output gradient to the rows it came from (rows may occur many times);
 * rows and weights are constants.
 *
 * @param table [nRows, nFeatures]
 * @param rows [n · nTerms], row-major
 * @param weights [n · nTerms]
 * @returns [n, nFeatures]
 */
export function gatherWeighted(
  engine: Engine,
  table: Tensor2D,
  rows: Int32Array,
  weights: Float32Array,
  nTerms: number,
): Tensor2D {
  const { tf } = engine;
  const n = rows.length / nTerms;
  const [nRows, nFeatures] = table.shape;
  const gatherOf = tf.customGrad((...inputs: unknown[]) => {
    const [values] = inputs as [Tensor2D];
    const factors = tf.tensor3d(weights.slice(), [n, nTerms, 1]);
    const picked = tf.reshape(tf.gather(values, tf.tensor1d(rows.slice(), 'int32')), [n, nTerms, nFeatures]);
    const value = tf.sum(tf.mul(picked, factors), 1) as Tensor2D;
    const gradFunc = (dy: Tensor2D): Tensor => {
      const spread = tf.mul(
        tf.reshape(dy, [n, 1, nFeatures]),
        tf.tensor3d(weights.slice(), [n, nTerms, 1]),
      ) as Tensor3D;
      const at = tf.tensor2d(rows.slice(), [rows.length, 1], 'int32');
      // Scattering adds up where a row occurs more than once.
      return tf.scatterND(at, tf.reshape(spread, [rows.length, nFeatures]), [nRows, nFeatures]);
    };
    return { value, gradFunc: gradFunc as unknown as (dy: Tensor, saved: Tensor[]) => Tensor & NamedTensorMap };
  });
  return gatherOf(table) as Tensor2D;
}
