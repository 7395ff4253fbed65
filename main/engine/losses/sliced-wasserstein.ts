import type { NamedTensorMap, Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import type { Random } from '../random/random.ts';

/** Directions on the unit sphere, uniform: [nDim, n], row-major, one per column. */
export function drawDirections(nDim: number, n: number, random: Random): Float32Array {
  const directions = random.fillNormal(new Float32Array(nDim * n));
  for (let p = 0; p < n; p++) {
    let squared = 0;
    for (let d = 0; d < nDim; d++) squared += directions[d * n + p] ** 2;
    const length = Math.sqrt(squared) || 1;
    for (let d = 0; d < nDim; d++) directions[d * n + p] /= length;
  }
  return directions;
}

/**
 * Squared sliced Wasserstein distance (p = 2) of two sets of equally many points, averaged over points and directions:
 * along every direction both sets are sorted, and the k-th of one is paired with the k-th of the other (Kolouri et al.,
 * "Sliced Wasserstein Auto-Encoders", 2019, equation 15, per point).
 *
 * The pairing is a constant of the gradient: it does not change under a small step.
 *
 * @param points [n, nDim]
 * @param target [n, nDim], a constant: no gradient flows into it
 * @param directions [nDim, nDirections], see `drawDirections`
 */
export function slicedWasserstein(
  engine: Engine,
  points: Tensor2D,
  target: Tensor2D,
  directions: Float32Array,
): Scalar {
  const { tf } = engine;
  const [n, nDim] = points.shape;
  const nDirections = directions.length / nDim;
  const axes = (): Tensor2D => tf.tensor2d(directions.slice(), [nDim, nDirections]);
  const distanceOf = tf.customGrad((...inputs: unknown[]) => {
    const [moving] = inputs as [Tensor2D];
    const save = inputs[1] as (tensors: Tensor[]) => void;
    const onto = axes();
    const projected = tf.matMul(onto, moving, true, true) as Tensor2D;
    const wanted = tf.topk(tf.matMul(onto, target, true, true), n, true).values;
    // The k-th largest projection stands at `order[k]`; its partner is put there.
    const order = tf.topk(projected, n, true).indices;
    const firsts = tf.tensor2d(
      Int32Array.from({ length: nDirections }, (_, p) => p * n),
      [nDirections, 1],
      'int32',
    );
    const places = tf.reshape(tf.add(order, firsts), [nDirections * n, 1]);
    const partners = tf.scatterND(places, tf.reshape(wanted, [nDirections * n]), [nDirections * n]);
    const difference = tf.sub(projected, tf.reshape(partners, [nDirections, n]));
    save([difference]);
    const gradFunc = (dy: Scalar, saved: Tensor[]): Tensor =>
      tf.mul(tf.matMul(saved[0] as Tensor2D, axes(), true, true), tf.mul(dy, 2 / (n * nDirections)));
    return {
      value: tf.mean(tf.square(difference)) as Scalar,
      gradFunc: gradFunc as unknown as (dy: Tensor, saved: Tensor[]) => Tensor & NamedTensorMap,
    };
  });
  return distanceOf(points) as Scalar;
}
