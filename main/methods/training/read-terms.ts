import type { Tensor } from '@tensorflow/tfjs-core';

/** The numbers in loss terms; the tensors are disposed. */
export function readTerms(terms: Record<string, Tensor>): Record<string, number> {
  const values: Record<string, number> = {};
  for (const [name, term] of Object.entries(terms)) {
    values[name] = term.dataSync()[0];
    term.dispose();
  }
  return values;
}
