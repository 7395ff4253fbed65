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

/** A trunk that ends in heads for mean and spread. */
export interface PosteriorShape extends TrunkShape {
  /** The last of `hidden` is a layer of each head's own, as the report prints; default true. */
  branches?: boolean;
  /** What the head of the spread gives: log σ as the report prints (default), or log σ² as in its code. */
  spread?: 'log-sd' | 'log-variance';
  /** log σ is kept within ± this; 0 or left out: as it comes. */
  logSdLimit?: number;
}

/**
 * The β-VAE of the report, section 2.4.2: h₁ = W₁x + b₁, h₂ = ReLU(W₂h₁ + b₂), then two branches
 * h₃₁ = ReLU(W₃₁h₂ + b₃₁) → μ = W_μ h₃₁ + b_μ and h₃₂ = ReLU(W₃₂h₂ + b₃₂) → log σ = W_σ h₃₂ + b_σ, and the decoder of the AE.
 *
 * The last of `hidden` is the width of the branches; with a single hidden layer both heads sit on it directly.
 */
export function vaeParameters(shape: PosteriorShape, random: Random): Record<string, ParameterSpec> {
  return { ...headedParameters(shape, ['mean', 'log-sd'], random), ...decoderParameters(shape, random) };
}

/** Trunk and heads of an encoder; each head gives [n, latentSize]. */
export function headedParameters(
  shape: PosteriorShape,
  names: readonly string[],
  random: Random,
): Record<string, ParameterSpec> {
  const { shared, branch } = split(shape);
  const trunk = encoderTrunkParameters({ nVar: shape.nVar, hidden: shared }, random);
  const heads = names.map((head) => ({
    ...(branch === null ? {} : denseParameters(`encoder/${head}-hidden`, shared[shared.length - 1], branch, random)),
    ...denseParameters(`encoder/${head}`, branch ?? shared[shared.length - 1], shape.latentSize, random),
  }));
  return Object.assign({}, trunk, ...heads) as Record<string, ParameterSpec>;
}

/** What the encoder makes of x [n, nVar]: the shared layers' output, and a way to each head on top of it. */
export interface EncodedTrunk {
  /** [n, width of the last shared layer] */
  trunk: Tensor2D;
  /** [n, latentSize] */
  head(name: string): Tensor2D;
}

/** x [n, nVar] → the trunk and its heads. */
export function encodeHeads(engine: Engine, weights: Weights, x: Tensor2D, shape: PosteriorShape): EncodedTrunk {
  const { shared, branch } = split(shape);
  const trunk = encodeTrunk(engine, weights, x, shape, shared.length);
  return {
    trunk,
    head: (name) => {
      const below = branch === null ? trunk : dense(engine, weights, `encoder/${name}-hidden`, trunk, 'relu');
      return dense(engine, weights, `encoder/${name}`, below, 'linear');
    },
  };
}

/** x [n, nVar] → q(z | x). */
export function encodePosterior(engine: Engine, weights: Weights, x: Tensor2D, shape: PosteriorShape): Posterior {
  const { head } = encodeHeads(engine, weights, x, shape);
  return { mean: head('mean'), logSd: logSdOf(engine, head('log-sd'), shape) };
}

/** log σ from what the head of the spread gives. */
export function logSdOf(engine: Engine, head: Tensor2D, { spread, logSdLimit = 0 }: PosteriorShape): Tensor2D {
  const { tf } = engine;
  const logSd = spread === 'log-variance' ? tf.mul(head, 0.5) : head;
  return (logSdLimit > 0 ? tf.clipByValue(logSd, -logSdLimit, logSdLimit) : logSd) as Tensor2D;
}

/** Width of the last layer that all heads share. */
export function trunkWidth(shape: PosteriorShape): number {
  return split(shape).shared.at(-1)!;
}

function split({ hidden, branches = true }: PosteriorShape): { shared: readonly number[]; branch: number | null } {
  return hidden.length === 1 || !branches
    ? { shared: hidden, branch: null }
    : { shared: hidden.slice(0, -1), branch: hidden[hidden.length - 1] };
}
