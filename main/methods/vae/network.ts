import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { dense, denseParameters } from '../../engine/layers/dense.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';
import { decoderParameters, encodeTrunk, encoderTrunkParameters, type TrunkShape } from '../autoencoder/network.ts';

/** Mean and log standard deviation of q(z | x), each [n, latentSize]. */
export interface Posterior {
  mean: Tensor2D;
  logSd: Tensor2D;
}

/**
 * The β-VAE of the report, section 2.4.2: h₁ = W₁x + b₁, h₂ = ReLU(W₂h₁ + b₂), then two branches
 * h₃₁ = ReLU(W₃₁h₂ + b₃₁) → μ = W_μ h₃₁ + b_μ and h₃₂ = ReLU(W₃₂h₂ + b₃₂) → log σ = W_σ h₃₂ + b_σ, and the decoder of the AE.
 *
 * The last of `hidden` is the width of the branches; with a single hidden layer both heads sit on it directly.
 */
export function vaeParameters(shape: TrunkShape, random: Random): Record<string, ParameterSpec> {
  const { shared, branch } = split(shape.hidden);
  const trunk = encoderTrunkParameters({ nVar: shape.nVar, hidden: shared }, random);
  const heads = (['mean', 'log-sd'] as const).map((head) => ({
    ...(branch === null ? {} : denseParameters(`encoder/${head}-hidden`, shared[shared.length - 1], branch, random)),
    ...denseParameters(`encoder/${head}`, branch ?? shared[shared.length - 1], shape.latentSize, random),
  }));
  return Object.assign({}, trunk, ...heads, decoderParameters(shape, random)) as Record<string, ParameterSpec>;
}

/** x [n, nVar] → q(z | x). */
export function encodePosterior(engine: Engine, weights: Weights, x: Tensor2D, shape: TrunkShape): Posterior {
  const { shared, branch } = split(shape.hidden);
  const trunk = encodeTrunk(engine, weights, x, shape, shared.length);
  const head = (name: 'mean' | 'log-sd'): Tensor2D =>
    dense(
      engine,
      weights,
      `encoder/${name}`,
      branch === null ? trunk : dense(engine, weights, `encoder/${name}-hidden`, trunk, 'relu'),
      'linear',
    );
  return { mean: head('mean'), logSd: head('log-sd') };
}

function split(hidden: readonly number[]): { shared: readonly number[]; branch: number | null } {
  return hidden.length === 1
    ? { shared: hidden, branch: null }
    : { shared: hidden.slice(0, -1), branch: hidden[hidden.length - 1] };
}
