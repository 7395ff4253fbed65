import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { linearSquaredError } from '../../engine/losses/linear-squared-error.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { corrupt } from '../autoencoder/corrupt.ts';
import { decodeHidden, outputLayer } from '../autoencoder/network.ts';
import type { Batch, LossTerms } from '../training/training.types.ts';
import { betaNow, type Constraint } from '../vae/loss.ts';
import {
  bernoulliDivergence,
  fixedDivergence,
  pairwiseDivergence,
  spikeOf,
  type FixedPrior,
  type SpikeAndSlab,
} from './divergence.ts';
import { encodeSpikeAndSlab, priorShares, PSEUDO_INPUTS, type Encoded, type VscShape } from './network.ts';

/** Settings of prior and sampling. */
export interface VscConstraint extends Constraint, FixedPrior {
  /** c: how sharply the sampled switch tells on from off. */
  sharpness: number;
}

/**
 * `z = s ⊙ (μ + σ ⊙ ε)` with ε ~ N(0, I), and the switch `s = sigmoid(c (η + γ − 1))` with η uniform in [0, 1): close to 1 with
 * probability γ and close to 0 otherwise, but with a gradient. Off training its mean, `γ ⊙ μ`.
 */
export function sampleSparse(
  engine: Engine,
  q: SpikeAndSlab,
  sharpness: number,
  batch: Pick<Batch, 'random' | 'training'>,
): Tensor2D {
  const { tf } = engine;
  if (!batch.training) return sparseMean(engine, q);
  const [n, latentSize] = q.mean.shape;
  const epsilon = tf.tensor2d(batch.random.fillNormal(new Float32Array(n * latentSize)), [n, latentSize]);
  const eta = tf.tensor2d(batch.random.fillUniform(new Float32Array(n * latentSize), 0, 1), [n, latentSize]);
  const slab = tf.add(q.mean, tf.mul(tf.exp(q.logSd), epsilon));
  const on = tf.sigmoid(tf.mul(tf.sub(tf.add(eta, tf.exp(q.logSpike)), 1), sharpness));
  return tf.mul(on, slab) as Tensor2D;
}

/** The mean of q(z | x): `γ ⊙ μ`. */
export function sparseMean(engine: Engine, { mean, logSpike }: SpikeAndSlab): Tensor2D {
  return engine.tf.mul(mean, engine.tf.exp(logSpike)) as Tensor2D;
}

/**
 * `L = 1/N Σᵢ ‖x⁽ⁱ⁾ − x̂⁽ⁱ⁾‖² + β · KL(q ‖ p)` (sections 2.2.3 and 2.3 of the report), one sample of z per observation. Held-out
 * loss takes the mean of z and the full β.
 */
export function vscLoss(
  engine: Engine,
  weights: Weights,
  batch: Batch,
  shape: VscShape,
  constraint: VscConstraint,
): LossTerms {
  const { tf } = engine;
  const q = encodeSpikeAndSlab(engine, weights, corrupt(engine, batch, constraint.inputDropout), shape);
  const hidden = decodeHidden(engine, weights, sampleSparse(engine, q, constraint.sharpness, batch), shape);
  const { kernel, bias } = outputLayer(weights);
  const reconstruction = linearSquaredError(engine, hidden, kernel, bias, batch.x);
  const kl =
    shape.pseudoInputs === 0
      ? fixedDivergence(engine, q, constraint)
      : learnedDivergence(engine, weights, q, shape, constraint);
  return { total: tf.add(reconstruction, tf.mul(kl, betaNow(constraint, batch))) as Scalar, reconstruction, kl };
}

/**
 * With pseudo-inputs xᵤ the prior is what the encoder makes of them, and a classifier ω says which of them an observation
 * belongs to: `Σᵤ ω_u(x) KL(q(z|x) ‖ q(z|xᵤ)) + J · KL(γ̄ ‖ α)`, γ̄ the mean of the γ of all pseudo-inputs and J the latent
 * dimensions (Tonolini and others, section 3). The paper takes the one pseudo-input that the classifier names; the mean
 * over its shares is the bound of the same objective that has a gradient everywhere.
 */
function learnedDivergence(
  engine: Engine,
  weights: Weights,
  q: Encoded,
  shape: VscShape,
  { alpha }: FixedPrior,
): Scalar {
  const { tf } = engine;
  const prior = encodeSpikeAndSlab(engine, weights, weights[PSEUDO_INPUTS] as Tensor2D, shape);
  const shares = priorShares(engine, weights, q.trunk);
  const divergence = tf.mean(tf.sum(tf.mul(shares, pairwiseDivergence(engine, q, prior)), 1));
  const meanSpike: Tensor = tf.mean(spikeOf(engine, prior.logSpike));
  const sparsity = tf.mul(bernoulliDivergence(engine, meanSpike, tf.scalar(alpha)), shape.latentSize);
  return tf.add(divergence, sparsity) as Scalar;
}
