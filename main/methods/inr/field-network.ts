import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { dense, denseParameters } from '../../engine/layers/dense.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';
import {
  coordinateFixed,
  coordinateHidden,
  coordinateParameters,
  type CoordinateShape,
  type FixedArrays,
} from './network/coordinate-network.ts';

/** A coordinate network, or the mean of several, that ends in an embedding or in its last hidden layer. JSON-safe. */
export interface FieldShape {
  network: CoordinateShape;
  /** Networks with different first values whose outputs are averaged. */
  members: number;
  /** Dimensions of the embedding; null when the last hidden layer itself is handed on (then there is one member). */
  nOut: number | null;
}

const memberOf = (m: number): string => `inr/${m}`;

/** The trained arrays of all members. */
export function fieldParameters({ network, members, nOut }: FieldShape, random: Random): Record<string, ParameterSpec> {
  const parameters: Record<string, ParameterSpec> = {};
  for (let m = 0; m < members; m++) {
    Object.assign(parameters, coordinateParameters(network, memberOf(m), random));
    if (nOut === null) continue;
    const width = network.hidden[network.hidden.length - 1];
    Object.assign(parameters, denseParameters(`${memberOf(m)}/out`, width, nOut, random));
  }
  return parameters;
}

/** The arrays of all members that are not trained. */
export function fieldFixed({ network, members }: FieldShape, random: Random): FixedArrays {
  const fixed: FixedArrays = {};
  for (let m = 0; m < members; m++) Object.assign(fixed, coordinateFixed(network, memberOf(m), random));
  return fixed;
}

/** Scaled points [n, nDim] → the output of every member, each [n, nOut]. */
export function memberOutputs(
  engine: Engine,
  weights: Weights,
  fixed: FixedArrays,
  { network, members, nOut }: FieldShape,
  points: Float32Array,
): Tensor2D[] {
  return Array.from({ length: members }, (_, m) => {
    const hidden = coordinateHidden(engine, weights, fixed, network, memberOf(m), points);
    return nOut === null ? hidden : dense(engine, weights, `${memberOf(m)}/out`, hidden, 'linear');
  });
}

/** Mean of the members: [n, nOut]. */
export function meanOutput(engine: Engine, outputs: readonly Tensor2D[]): Tensor2D {
  if (outputs.length === 1) return outputs[0];
  return engine.tf.div(engine.tf.addN([...outputs]), outputs.length);
}

/** Brings the output layers from standardised embeddings to the embedding's own units: out · sd + mean. */
export function unstandardiseOutputs(
  { members, nOut }: FieldShape,
  arrays: Record<string, Float32Array>,
  mean: Float32Array,
  sd: Float32Array,
): Record<string, Float32Array> {
  const changed = { ...arrays };
  for (let m = 0; m < members; m++) {
    const name = `${memberOf(m)}/out`;
    changed[`${name}/kernel`] = arrays[`${name}/kernel`].map((value, k) => value * sd[k % nOut!]);
    changed[`${name}/bias`] = arrays[`${name}/bias`].map((value, j) => value * sd[j] + mean[j]);
  }
  return changed;
}
