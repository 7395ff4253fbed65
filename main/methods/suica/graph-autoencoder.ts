import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import type { MomentsSeen } from '../../engine/layers/batch-norm.ts';
import { dense, denseParameters } from '../../engine/layers/dense.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';
import { outputParameters, type OutputLayer } from '../inr/output-layer.ts';
import { applyHidden, hiddenParameters, type HiddenLayers } from './hidden-layers.ts';

/** SUICA's autoencoder: only the first layer of the encoder knows of neighbours, the decoder of none. */
export interface GraphAutoencoderShape {
  encoder: HiddenLayers;
  latentSize: number;
  decoder: HiddenLayers;
  output: OutputLayer;
}

export function graphAutoencoderShape(
  widths: readonly number[],
  latentSize: number,
  norm: boolean,
  output: (nHidden: number) => OutputLayer,
): GraphAutoencoderShape {
  const back = [...widths].reverse();
  const layer = output(widths[0]);
  return {
    encoder: { prefix: 'encoder', nIn: layer.nVar, widths, norm },
    latentSize,
    decoder: { prefix: 'decoder', nIn: latentSize, widths: back, norm },
    output: layer,
  };
}

export function graphAutoencoderParameters(
  shape: GraphAutoencoderShape,
  random: Random,
): Record<string, ParameterSpec> {
  const { encoder, latentSize } = shape;
  return {
    ...hiddenParameters(encoder, random),
    ...denseParameters('encoder/latent', encoder.widths[encoder.widths.length - 1], latentSize, random),
    ...decoderParameters(shape, random),
  };
}

/** Decoder and output layer alone. */
export function decoderParameters(shape: GraphAutoencoderShape, random: Random): Record<string, ParameterSpec> {
  return { ...hiddenParameters(shape.decoder, random), ...outputParameters(shape.output, random) };
}

/**
 * Aggregated input [n, nVar] → z [n, latentSize]. The bias of the first layer stands for b · rowsum(A): every spot has
 * equally many neighbours, so it is one number per unit.
 */
export function encodeAggregated(
  engine: Engine,
  weights: Weights,
  { encoder }: GraphAutoencoderShape,
  aggregated: Tensor2D,
  seen?: MomentsSeen,
): Tensor2D {
  const hidden = applyHidden(engine, weights, encoder, aggregated, seen);
  return dense(engine, weights, 'encoder/latent', hidden, 'linear');
}
