import type { CostEstimate, DatasetFacts, Machine } from '../method.ts';

/** One training of a network that ends in all genes. */
export interface FieldTraining {
  /** Widths of all layers before the genes. */
  widths: readonly number[];
  batchSize: number;
  epochs: number;
}

/** Memory of the process before any data: Node, TensorFlow, its threads. */
const BASE_BYTES = 450e6;
/** Bytes of one stored nonzero (index and value). */
const NONZERO_BYTES = 8;

/**
 * Memory: the sparse data, each weight nine times (first values, value, gradient and its
 * intermediate, two moments, best epoch, copies at the end of a stage), some six arrays of batch ×
 * genes, and the last hidden layer of all spots. Time: three products of 2 · batch · in · out per layer and step, and the
 * passes over memory. Several trainings follow one another: times add up, the largest memory counts.
 */
export function fieldCost(facts: DatasetFacts, machine: Machine, trainings: readonly FieldTraining[]): CostEstimate {
  const { nObs, nVar, nnz } = facts;
  let peak = 0;
  let seconds = 0;
  for (const { widths, batchSize, epochs } of trainings) {
    const chain = [...widths, nVar];
    let nWeights = 0;
    for (let i = 1; i < chain.length; i++) nWeights += chain[i - 1] * chain[i];
    const batch = Math.min(batchSize, nObs);
    const last = widths[widths.length - 1] ?? 0;
    peak = Math.max(peak, nWeights * 4 * 9 + batch * nVar * 4 * 6 + nObs * last * 4);
    const product = (6 * nWeights * batch) / machine.flopsPerSecond;
    const passes = (batch * nVar * 32 + nWeights * 28) / 10e9;
    seconds += epochs * Math.ceil(nObs / batch) * (product + passes + 2e-3);
  }
  return { memoryBytes: BASE_BYTES + nnz * NONZERO_BYTES + nObs * 64 + peak, seconds };
}
