import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { dense, denseParameters } from '../../engine/layers/dense.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';
import { decoderParameters } from '../autoencoder/network.ts';
import { encodeHeads, headedParameters, logSdOf, trunkWidth, type PosteriorShape } from '../vae/network.ts';
import type { SpikeAndSlab } from './divergence.ts';

/** Sizes of a variational sparse coder. */
export interface VscShape extends PosteriorShape {
  /** `clipped`: log γ = min(0, a), as in the report's code; `sigmoid`: γ = σ(a), which never stops learning. */
  spike: 'clipped' | 'sigmoid';
  /** Pseudo-inputs whose encodings are the prior; 0 for a prior that does not depend on data. */
  pseudoInputs: number;
}

/** Learned cells in the space of the genes, [pseudoInputs, nVar]. */
export const PSEUDO_INPUTS = 'prior/inputs';
/** Says which pseudo-input is whose prior. */
const CLASSIFIER = 'prior/classifier';

/**
 * The β-VSC of the report, section 2.4.3: trunk and decoder of the β-VAE with three heads,
 * μ = W_μ h₃₁ + b_μ, log σ = W_σ h₃₂ + b_σ and log γ (printed: log spike) from h₃₃.
 *
 * @param firstInputs [pseudoInputs, nVar], where the pseudo-inputs start
 */
export function vscParameters(
  shape: VscShape,
  random: Random,
  firstInputs: Float32Array,
): Record<string, ParameterSpec> {
  const parameters = {
    ...headedParameters(shape, ['mean', 'log-sd', 'spike'], random),
    ...decoderParameters(shape, random),
  };
  if (shape.pseudoInputs === 0) return parameters;
  return {
    ...parameters,
    [PSEUDO_INPUTS]: { shape: [shape.pseudoInputs, shape.nVar], initial: firstInputs },
    ...denseParameters(CLASSIFIER, trunkWidth(shape), shape.pseudoInputs, random),
  };
}

/** What the encoder says of x [n, nVar]. */
export interface Encoded extends SpikeAndSlab {
  /** [n, width of the last shared layer] */
  trunk: Tensor2D;
}

/** x [n, nVar] → q(z | x). */
export function encodeSpikeAndSlab(engine: Engine, weights: Weights, x: Tensor2D, shape: VscShape): Encoded {
  const { tf } = engine;
  const { trunk, head } = encodeHeads(engine, weights, x, shape);
  const mean = head('mean');
  const logSd = logSdOf(engine, head('log-sd'), shape);
  const raw = head('spike');
  const logSpike = shape.spike === 'clipped' ? tf.neg(tf.relu(tf.neg(raw))) : tf.neg(tf.softplus(tf.neg(raw)));
  return { trunk, mean, logSd, logSpike: logSpike as Tensor2D };
}

/** Share of each pseudo-input in the prior of each observation, [n, pseudoInputs]; rows sum to 1. */
export function priorShares(engine: Engine, weights: Weights, trunk: Tensor2D): Tensor2D {
  return engine.tf.softmax(dense(engine, weights, CLASSIFIER, trunk, 'linear')) as Tensor2D;
}
