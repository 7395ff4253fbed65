import type { Engine } from '../../engine/engine.ts';
import { linearSquaredError } from '../../engine/losses/linear-squared-error.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Batch, LossTerms } from '../training/training.types.ts';
import { corrupt } from './corrupt.ts';
import { decodeHidden, encode, outputLayer, type AutoencoderShape } from './network.ts';

/**
 * `L_AE = 1/N Σᵢ ‖x⁽ⁱ⁾ − x̂⁽ⁱ⁾‖²` (section 2.1.1 of the report), x̂ from the input with `inputDropout` of its values missing.
 */
export function autoencoderLoss(
  engine: Engine,
  weights: Weights,
  batch: Batch,
  shape: AutoencoderShape,
  inputDropout: number,
): LossTerms {
  const latent = encode(engine, weights, corrupt(engine, batch, inputDropout), shape);
  const hidden = decodeHidden(engine, weights, latent, shape);
  const { kernel, bias } = outputLayer(weights);
  return { total: linearSquaredError(engine, hidden, kernel, bias, batch.x) };
}
