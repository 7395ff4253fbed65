import type { Engine } from '../../engine/engine.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';

/** Arrays of dense layers as tensors; a kernel's shape follows from its bias. The caller disposes them. */
export function weightTensors(engine: Engine, arrays: Record<string, Float32Array>): Weights {
  const { tf } = engine;
  const weights: Weights = {};
  for (const [name, values] of Object.entries(arrays)) {
    const nOut = name.endsWith('/kernel') ? arrays[name.replace(/kernel$/, 'bias')].length : 0;
    weights[name] = nOut > 0 ? tf.tensor2d(values.slice(), [values.length / nOut, nOut]) : tf.tensor1d(values.slice());
  }
  return weights;
}
