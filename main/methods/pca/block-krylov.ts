import type { Tensor2D } from '@tensorflow/tfjs-core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Engine } from '../../engine/engine.ts';
import { Random } from '../../engine/random/random.ts';
import { orthonormalise } from './orthonormalise.ts';

/** Largest eigenpairs of a symmetric matrix, descending. */
export interface LeadingEigenpairs {
  /** [k] */
  values: Float64Array;
  /** [k, n], row-major: one eigenvector after the other, unit length. */
  vectors: Float32Array;
  /** max ‖Cv − λv‖ / λ₁ over the k pairs; the size of the error that is left. */
  residual: number;
}

const OVERSAMPLING = 10;
const TOLERANCE = 1e-5;
const MAX_BLOCKS = 14;

/**
 * Leading eigenpairs of a symmetric positive operator by a block Krylov method with full orthogonalisation (Halko,
 * Martinsson and Tropp, "Finding structure with randomness", 2011; Musco and Musco, "Randomized block Krylov methods",
 * 2015): the space spanned by Q, CQ, C²Q … contains the leading eigenvectors long before plain power iteration finds them.
 *
 * @param apply [n, b] → C · block [n, b]; called once per block
 * @param n order of C
 * @param k number of pairs
 */
export async function leadingEigenpairs(
  engine: Engine,
  apply: (block: Tensor2D, iteration: number) => Promise<Tensor2D>,
  n: number,
  k: number,
  seed: number,
): Promise<LeadingEigenpairs> {
  const { tf } = engine;
  const blockSize = Math.min(n, k + OVERSAMPLING);
  const blocks: Tensor2D[] = [];
  const images: Tensor2D[] = [];
  try {
    const start = tf.tensor2d(Random.from(seed, 'pca').fillNormal(new Float32Array(n * blockSize)), [n, blockSize]);
    let next = orthonormalise(engine, start, blocks);
    start.dispose();
    for (let iteration = 0; ; iteration++) {
      blocks.push(next);
      images.push(await apply(next, iteration));
      const size = blocks.reduce((sum, block) => sum + block.shape[1], 0);
      const complete = size >= n || iteration === MAX_BLOCKS - 1;
      if (complete || iteration % 2 === 1) {
        const pairs = rayleighRitz(engine, blocks, images, k);
        if (complete || pairs.residual < TOLERANCE) return pairs;
      }
      next = orthonormalise(engine, images[images.length - 1], blocks, n - size);
      if (next.shape[1] === 0) {
        next.dispose();
        return rayleighRitz(engine, blocks, images, k);
      }
    }
  } finally {
    for (const tensor of [...blocks, ...images]) tensor.dispose();
  }
}

/** Best eigenpairs within the space spanned by the blocks, given their images under C. */
function rayleighRitz(engine: Engine, blocks: Tensor2D[], images: Tensor2D[], k: number): LeadingEigenpairs {
  const { tf } = engine;
  const basis = blocks.length === 1 ? blocks[0].clone() : tf.concat(blocks, 1);
  const image = images.length === 1 ? images[0].clone() : tf.concat(images, 1);
  const product = tf.matMul(basis, image, true, false);
  const size = product.shape[0];
  const entries = product.dataSync();
  const projected = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) projected.set(i, j, (entries[i * size + j] + entries[j * size + i]) / 2);
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(projected, { assumeSymmetric: true });
  const order = Array.from(realEigenvalues.keys())
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a])
    .slice(0, k);
  const values = Float64Array.from(order, (i) => Math.max(0, realEigenvalues[i]));
  const rotation = new Float32Array(size * order.length);
  for (let i = 0; i < size; i++)
    order.forEach((column, j) => (rotation[i * order.length + j] = eigenvectorMatrix.get(i, column)));
  // An array is read outside of `tidy`, which would go through its numbers in search of tensors.
  const { transposed, largest } = tf.tidy(() => {
    const u = tf.tensor2d(rotation, [size, order.length]);
    const vectors = tf.matMul(basis, u);
    const errors = tf.sub(tf.matMul(image, u), tf.mul(vectors, tf.tensor1d(Float32Array.from(values))));
    return { transposed: tf.transpose(vectors), largest: tf.max(tf.sqrt(tf.sum(tf.square(errors), 0))) };
  });
  const residual = largest.dataSync()[0];
  const result = {
    vectors: Float32Array.from(transposed.dataSync()),
    residual: values[0] > 0 ? residual / values[0] : 0,
  };
  for (const tensor of [transposed, largest]) tensor.dispose();
  for (const tensor of [basis, image, product]) tensor.dispose();
  return { values, ...result };
}
