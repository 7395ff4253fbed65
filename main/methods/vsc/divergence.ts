import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';

/** q(z | x) = Πⱼ γⱼ N(μⱼ, σⱼ²) + (1 − γⱼ) δ(zⱼ): each array [n, latentSize]. */
export interface SpikeAndSlab {
  mean: Tensor2D;
  logSd: Tensor2D;
  /** log γ, at most 0: the chance that a dimension is in use for this observation. */
  logSpike: Tensor2D;
}

/** γ and 1 − γ stay this far from 0 where their logarithms are taken, as in the report's code. */
const LEAST = 1e-6;

/** The prior that does not depend on the data: α N(0, 1) + (1 − α) δ in every dimension. */
export interface FixedPrior {
  alpha: number;
}

/**
 * `KL(q ‖ α N(0, 1) + (1 − α) δ)` summed over dimensions and averaged over observations:
 * `Σⱼ γⱼ [½(μⱼ² + σⱼ² − 1) − log σⱼ] + γⱼ log(γⱼ/α) + (1 − γⱼ) log((1 − γⱼ)/(1 − α))` (Tonolini and others, "Variational sparse
 * coding": two Gaussian and two Dirac cross-entropies, which the report's section 2.3 speaks of). The densities of the
 * slab compare with each other and the masses at zero with each other; between the two nothing is shared.
 */
export function fixedDivergence(engine: Engine, q: SpikeAndSlab, { alpha }: FixedPrior): Scalar {
  const { tf } = engine;
  return tf.tidy(() => {
    const gamma = spikeOf(engine, q.logSpike);
    const variance = tf.exp(tf.mul(q.logSd, 2));
    const slab = tf.sub(tf.mul(tf.add(tf.square(q.mean), tf.sub(variance, 1)), 0.5), q.logSd);
    const perEntry = tf.add(tf.mul(gamma, slab), bernoulliDivergence(engine, gamma, tf.scalar(alpha)));
    return tf.mean(tf.sum(perEntry, 1)) as Scalar;
  });
}

/**
 * KL of each observation's q to each pseudo-input's, [n, nPseudo]:
 * `Σⱼ γⱼ [log(σᵤⱼ/σⱼ) + (σⱼ² + (μⱼ − μᵤⱼ)²)/(2σᵤⱼ²) − ½] + γⱼ log(γⱼ/γᵤⱼ) + (1 − γⱼ) log((1 − γⱼ)/(1 − γᵤⱼ))`.
 */
export function pairwiseDivergence(engine: Engine, q: SpikeAndSlab, prior: SpikeAndSlab): Tensor2D {
  const { tf } = engine;
  return tf.tidy(() => {
    // [n, 1, latentSize] against [1, nPseudo, latentSize]
    const [mean, logSd, gamma] = [q.mean, q.logSd, spikeOf(engine, q.logSpike)].map((one) => tf.expandDims(one, 1));
    const [meanU, logSdU, gammaU] = [prior.mean, prior.logSd, spikeOf(engine, prior.logSpike)].map((one) =>
      tf.expandDims(one, 0),
    );
    const spread = tf.add(tf.exp(tf.mul(logSd, 2)), tf.square(tf.sub(mean, meanU)));
    const scaled = tf.mul(tf.mul(spread, tf.exp(tf.mul(logSdU, -2))), 0.5);
    const slab = tf.sub(tf.add(tf.sub(logSdU, logSd), scaled), 0.5);
    const perEntry = tf.add(tf.mul(gamma, slab), bernoulliDivergence(engine, gamma, gammaU));
    return tf.sum(perEntry, 2) as Tensor2D;
  });
}

/** `KL(Bernoulli(γ) ‖ Bernoulli(α))`, entry by entry; the second array may be of a smaller shape. */
export function bernoulliDivergence(engine: Engine, gamma: Tensor, alpha: Tensor): Tensor {
  const { tf } = engine;
  const off = tf.sub(1, gamma);
  return tf.add(tf.mul(gamma, tf.log(tf.div(gamma, alpha))), tf.mul(off, tf.log(tf.div(off, tf.sub(1, alpha)))));
}

/** γ, kept away from 0 and 1. */
export function spikeOf(engine: Engine, logSpike: Tensor2D): Tensor2D {
  const { tf } = engine;
  return tf.clipByValue(tf.exp(logSpike), LEAST, 1 - LEAST) as Tensor2D;
}
