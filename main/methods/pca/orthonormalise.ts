import type { Tensor2D } from '@tensorflow/tfjs-core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Engine } from '../../engine/engine.ts';

/**
 * An orthonormal basis of what `block` [n, b] adds to the orthonormal `against` blocks. Directions that add nothing are
 * dropped, so that the result may be narrower. Each step is done twice: once leaves float32's rounding errors behind.
 *
 * @param maxColumns most columns that may be added
 */
export function orthonormalise(
  engine: Engine,
  block: Tensor2D,
  against: readonly Tensor2D[],
  maxColumns = Infinity,
): Tensor2D {
  const { tf } = engine;
  return tf.tidy(() => {
    let current = block.clone();
    for (let pass = 0; pass < 2; pass++) {
      for (const other of against) current = tf.sub(current, tf.matMul(other, tf.matMul(other, current, true, false)));
      current = withinBlock(engine, current, maxColumns);
      if (current.shape[1] === 0) return current;
    }
    return current;
  });
}

/** B · V · Λ^(−½) with the eigenpairs of the small Gram matrix BᵀB. */
function withinBlock(engine: Engine, block: Tensor2D, maxColumns: number): Tensor2D {
  const { tf } = engine;
  const [n, size] = block.shape;
  if (size === 0) return block;
  // Columns of unit length first, so that the Gram matrix loses no small direction to a large one.
  const norms = tf.sqrt(tf.sum(tf.square(block), 0));
  const unit = tf.div(block, tf.maximum(norms, 1e-30)) as Tensor2D;
  const entries = tf.matMul(unit, unit, true, false).dataSync();
  const gram = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) gram.set(i, j, (entries[i * size + j] + entries[j * size + i]) / 2);
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const kept = Array.from(realEigenvalues.keys())
    .filter((i) => realEigenvalues[i] > 1e-6)
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a])
    .slice(0, maxColumns);
  if (kept.length === 0) return tf.zeros([n, 0]);
  const transform = new Float32Array(size * kept.length);
  for (let i = 0; i < size; i++) {
    kept.forEach(
      (column, j) =>
        (transform[i * kept.length + j] = eigenvectorMatrix.get(i, column) / Math.sqrt(realEigenvalues[column])),
    );
  }
  return tf.matMul(unit, tf.tensor2d(transform, [size, kept.length]));
}
