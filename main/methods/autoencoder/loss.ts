import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { linearSquaredError } from '../../engine/losses/linear-squared-error.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import type { LossTerms } from '../training/training.types.ts';
import { decodeHidden, encode, outputLayer, type AutoencoderShape } from './network.ts';

/** `L_AE = 1/N Σᵢ ‖x⁽ⁱ⁾ − x̂⁽ⁱ⁾‖²` (section 2.1.1 of the report). */
export function autoencoderLoss(engine: Engine, weights: Weights, x: Tensor2D, shape: AutoencoderShape): LossTerms {
  const hidden = decodeHidden(engine, weights, encode(engine, weights, x, shape), shape.hidden.length);
  const { kernel, bias } = outputLayer(weights);
  return { total: linearSquaredError(engine, hidden, kernel, bias, x) };
}
