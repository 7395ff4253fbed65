import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import type { MomentsSeen } from '../../engine/layers/batch-norm.ts';
import { dense, denseParameters } from '../../engine/layers/dense.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';
import { outputParameters, type OutputLayer } from '../inr/output-layer.ts';
import { applyHidden, hiddenParameters, type HiddenLayers } from '../suica/hidden-layers.ts';

/** STAGE's autoencoder: genes → position → genes. */
export interface StageShape {
  /** Coordinates of a position. */
  nDim: number;
  encoder: HiddenLayers;
  decoder: HiddenLayers;
  output: OutputLayer;
}

const POSITION = 'encoder/position';

/** @param widths from the genes to the position; the decoder mirrors them */
export function stageShape(nDim: number, widths: readonly number[], norm: boolean, output: OutputLayer): StageShape {
  return {
    nDim,
    encoder: { prefix: 'encoder', nIn: output.nVar, widths, norm },
    decoder: { prefix: 'decoder', nIn: nDim, widths: [...widths].reverse(), norm },
    output,
  };
}

export function stageParameters(shape: StageShape, random: Random): Record<string, ParameterSpec> {
  const { encoder, decoder, nDim, output } = shape;
  return {
    ...hiddenParameters(encoder, random),
    ...denseParameters(POSITION, encoder.widths[encoder.widths.length - 1], nDim, random),
    ...hiddenParameters(decoder, random),
    ...outputParameters(output, random),
  };
}

/** Expression [n, nVar] → the place where it belongs [n, nDim]. */
export function placeOf(
  engine: Engine,
  weights: Weights,
  { encoder }: Pick<StageShape, 'encoder'>,
  x: Tensor2D,
  seen?: MomentsSeen,
): Tensor2D {
  return dense(engine, weights, POSITION, applyHidden(engine, weights, encoder, x, seen), 'linear');
}
