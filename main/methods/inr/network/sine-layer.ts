import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../../engine/engine.ts';
import type { ParameterSpec, Weights } from '../../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../../engine/random/random.ts';

/** `sin(ω (x · W + b))` (Sitzmann et al., "Implicit neural representations with periodic activation functions", 2020). */
export function sineLayer(engine: Engine, weights: Weights, name: string, x: Tensor2D, omega: number): Tensor2D {
  const { tf } = engine;
  const linear = tf.add(tf.matMul(x, weights[`${name}/kernel`] as Tensor2D), weights[`${name}/bias`] as Tensor1D);
  return tf.sin(tf.mul(linear, omega)) as Tensor2D;
}

/**
 * First values of SIREN (its section 3.2 and supplement 1.5): weights of the first layer uniform in ±1/nIn, of the others in
 * ±√(6/nIn)/ω, so that every layer's output keeps the same spread; biases uniform in ±1/√nIn.
 */
export function sineLayerParameters(
  name: string,
  nIn: number,
  nOut: number,
  layer: { first: boolean; omega: number },
  random: Random,
): Record<string, ParameterSpec> {
  const bound = layer.first ? 1 / nIn : Math.sqrt(6 / nIn) / layer.omega;
  const biasBound = 1 / Math.sqrt(nIn);
  return {
    [`${name}/kernel`]: {
      shape: [nIn, nOut],
      initial: random.fillUniform(new Float32Array(nIn * nOut), -bound, bound),
    },
    [`${name}/bias`]: { shape: [nOut], initial: random.fillUniform(new Float32Array(nOut), -biasBound, biasBound) },
  };
}
