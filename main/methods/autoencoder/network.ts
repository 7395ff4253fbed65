import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { dense, denseParameters, type Activation } from '../../engine/layers/dense.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';

/** Sizes of an encoder and its decoder. */
export interface TrunkShape {
  nVar: number;
  /** Widths from the genes to the latent space: 128, 32, 16. */
  hidden: readonly number[];
  /** `mirrored` goes back through the same widths; `linear` makes every gene a weighted sum of the latent. */
  decoder: 'mirrored' | 'linear';
  /** Widths from the latent space to the genes where the way back does not mirror the way there: 80, 400, 800. */
  decoderHidden?: readonly number[];
  latentSize: number;
  /** Activation of the first layer; the report prints none. */
  firstActivation: Activation;
}

/** A deep autoencoder. */
export interface AutoencoderShape extends TrunkShape {
  /** The report prints ReLU. */
  latentActivation: Activation;
}

/** The two decoder weights that make the expression of an observation out of its last hidden layer. */
export const OUTPUT = 'decoder/output';

/**
 * The deep autoencoder of "Variational autoencoders for single-cell transcriptomics data", section 2.4.1:
 * h₁ = W₁x + b₁ (no activation), h₂ and h₃ ReLU, z = ReLU(W₄h₃ + b₄), then h₅, h₆, h₇ ReLU and x̂ = W₈h₇ + b₈.
 */
export function autoencoderParameters(shape: AutoencoderShape, random: Random): Record<string, ParameterSpec> {
  return {
    ...encoderTrunkParameters(shape, random),
    ...latentParameters(shape, random),
    ...decoderParameters(shape, random),
  };
}

/** W₁ … W₃ with their biases. */
export function encoderTrunkParameters(
  shape: Pick<TrunkShape, 'nVar' | 'hidden'>,
  random: Random,
): Record<string, ParameterSpec> {
  const widths = [shape.nVar, ...shape.hidden];
  const trunk: Record<string, ParameterSpec> = {};
  shape.hidden.forEach((width, i) =>
    Object.assign(trunk, denseParameters(`encoder/${i + 1}`, widths[i], width, random)),
  );
  return trunk;
}

function latentParameters(shape: AutoencoderShape, random: Random): Record<string, ParameterSpec> {
  return denseParameters('encoder/latent', shape.hidden[shape.hidden.length - 1], shape.latentSize, random);
}

/** W₅ … W₈ with their biases. */
export function decoderParameters(shape: TrunkShape, random: Random): Record<string, ParameterSpec> {
  const widths = decoderWidths(shape);
  const layers = widths.slice(1).map((width, i) => denseParameters(`decoder/${i + 1}`, widths[i], width, random));
  return Object.assign({}, ...layers, denseParameters(OUTPUT, widths[widths.length - 1], shape.nVar, random)) as Record<
    string,
    ParameterSpec
  >;
}

/** x [n, nVar] → the encoder's hidden layer `nLayers`; all but the first are ReLU. */
export function encodeTrunk(
  engine: Engine,
  weights: Weights,
  x: Tensor2D,
  shape: TrunkShape,
  nLayers: number,
): Tensor2D {
  let h = x;
  for (let i = 1; i <= nLayers; i++)
    h = dense(engine, weights, `encoder/${i}`, h, i === 1 ? shape.firstActivation : 'relu');
  return h;
}

/** x [n, nVar] → z [n, latentSize]. */
export function encode(engine: Engine, weights: Weights, x: Tensor2D, shape: AutoencoderShape): Tensor2D {
  return dense(
    engine,
    weights,
    'encoder/latent',
    encodeTrunk(engine, weights, x, shape, shape.hidden.length),
    shape.latentActivation,
  );
}

/** Widths from the latent space to the layer before the output. */
function decoderWidths({ latentSize, hidden, decoder, decoderHidden }: TrunkShape): number[] {
  return decoder === 'linear' ? [latentSize] : [latentSize, ...(decoderHidden ?? hidden.toReversed())];
}

/** z [n, latentSize] → h₇ [n, hidden[0]], the layer before the linear output; z itself for a linear decoder. */
export function decodeHidden(engine: Engine, weights: Weights, z: Tensor2D, shape: TrunkShape): Tensor2D {
  let h = z;
  for (let i = 1; i < decoderWidths(shape).length; i++) h = dense(engine, weights, `decoder/${i}`, h, 'relu');
  return h;
}

/** Kernel [hidden[0], nVar] and bias [nVar] of the linear output. */
export function outputLayer(weights: Weights): { kernel: Tensor2D; bias: Tensor1D } {
  return { kernel: weights[`${OUTPUT}/kernel`] as Tensor2D, bias: weights[`${OUTPUT}/bias`] as Tensor1D };
}
