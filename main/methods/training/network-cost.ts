import type { CostEstimate, DatasetFacts, Machine } from '../method.ts';

/** What the cost of training a mirrored network depends on. */
export interface NetworkSize {
  /** Widths from the first hidden layer to the latent space. */
  widths: readonly number[];
  batchSize: number;
  epochs: number;
}

/** Memory of the process before any data: Node, TensorFlow, its threads. */
const BASE_BYTES = 450e6;
/** Bytes of one stored nonzero (index and value). */
const NONZERO_BYTES = 8;

/**
 * Memory and time of a mirrored dense network trained with Adam.
 *
 * Memory: the sparse data, each weight four times (value, gradient, two moments) plus a copy of the best epoch, and
 * batch × genes arrays (input, its buffer, product, residual). Time: three matrix products of 2 · batch · in · out per
 * layer and step (forward, and the two gradients; the first layer needs no input gradient), plus the passes over memory of
 * everything that is no product.
 */
export function networkCost(facts: DatasetFacts, machine: Machine, size: NetworkSize): CostEstimate {
  const { nObs, nVar, nnz } = facts;
  const chain = [nVar, ...size.widths];
  let halfWeights = 0;
  for (let i = 1; i < chain.length; i++) halfWeights += chain[i - 1] * chain[i];
  const batch = Math.min(size.batchSize, nObs);
  const memoryBytes = BASE_BYTES + nnz * NONZERO_BYTES + 2 * halfWeights * 4 * 5 + batch * nVar * 4 * 5;
  const products = 3 * 2 * 2 * halfWeights - 2 * nVar * chain[1];
  const steps = Math.ceil(nObs / batch);
  const productSeconds = (products * batch) / machine.flopsPerSecond;
  // Per step: about 20 bytes × batch × genes and 28 bytes × weights move through memory, at some 10 GB/s.
  const memorySeconds = (batch * nVar * 24 + 2 * halfWeights * 28) / 10e9;
  const overheadSeconds = 2e-3;
  const seconds = size.epochs * steps * (productSeconds + memorySeconds + overheadSeconds);
  return { memoryBytes, seconds };
}
