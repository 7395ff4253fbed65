import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { linearSquaredError } from '../../engine/losses/linear-squared-error.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { decodeHidden, outputLayer } from '../autoencoder/network.ts';
import { corrupt } from '../autoencoder/corrupt.ts';
import type { Batch, LossTerms } from '../training/training.types.ts';
import { encodePosterior, type Posterior, type PosteriorShape } from './network.ts';

/**
 * `KL(N(μ, σ²) ‖ N(0, I)) = Σⱼ ½(σⱼ² + μⱼ² − 1) − log σⱼ`, averaged over observations (Kingma and Welling, "Auto-Encoding
 * Variational Bayes", 2014, appendix B).
 */
export function klDivergence(engine: Engine, { mean, logSd }: Posterior): Scalar {
  const { tf } = engine;
  const perEntry = tf.sub(tf.mul(tf.add(tf.exp(tf.mul(logSd, 2)), tf.sub(tf.square(mean), 1)), 0.5), logSd);
  return tf.mean(tf.sum(perEntry, 1)) as Scalar;
}

/** `z = μ + σ ⊙ ε` with ε ~ N(0, I) from the batch's own stream (section 2.2.2); the mean itself off training. */
export function sampleLatent(
  engine: Engine,
  posterior: Posterior,
  batch: Pick<Batch, 'random' | 'training'>,
): Tensor2D {
  if (!batch.training) return posterior.mean;
  const { tf } = engine;
  const [n, latentSize] = posterior.mean.shape;
  const noise = tf.tensor2d(batch.random.fillNormal(new Float32Array(n * latentSize)), [n, latentSize]);
  return tf.add(posterior.mean, tf.mul(tf.exp(posterior.logSd), noise)) as Tensor2D;
}

/** Settings of the β-constraint. */
export interface Constraint {
  beta: number;
  /** Epochs over which the factor of the KL term rises from 0 to β. */
  warmUpEpochs: number;
  /** Share of input values set to zero while training. */
  inputDropout: number;
}

/**
 * `L = 1/N Σᵢ ‖x⁽ⁱ⁾ − x̂⁽ⁱ⁾‖² + β · KL` (sections 2.2.1 and 2.2.3), one sample of z per observation. Held-out loss takes
 * the mean of z and the full β, so that epochs can be compared.
 */
export function vaeLoss(
  engine: Engine,
  weights: Weights,
  batch: Batch,
  shape: PosteriorShape,
  constraint: Constraint,
): LossTerms {
  const { tf } = engine;
  const posterior = encodePosterior(engine, weights, corrupt(engine, batch, constraint.inputDropout), shape);
  const hidden = decodeHidden(engine, weights, sampleLatent(engine, posterior, batch), shape);
  const { kernel, bias } = outputLayer(weights);
  const reconstruction = linearSquaredError(engine, hidden, kernel, bias, batch.x);
  const kl = klDivergence(engine, posterior);
  const factor = betaNow(constraint, batch);
  return { total: tf.add(reconstruction, tf.mul(kl, factor)) as Scalar, reconstruction, kl };
}

/** The factor of the KL term in this epoch: β, or less while it warms up. */
export function betaNow(
  { beta, warmUpEpochs }: Constraint,
  { training, epoch }: Pick<Batch, 'training' | 'epoch'>,
): number {
  return training && warmUpEpochs > 0 ? beta * Math.min(1, epoch / warmUpEpochs) : beta;
}
