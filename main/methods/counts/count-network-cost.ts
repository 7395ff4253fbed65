import type { CostEstimate, DatasetFacts, Machine } from '../method.ts';

const BASE_BYTES = 450e6;
const NONZERO_BYTES = 8;
/** Arrays of batch × genes: heads, parameters, their gradients; and passes over memory that the whole step makes. */
const ARRAYS = 18;
const PASSES = 70;
/** What a likelihood holds of one block of entries. */
const BLOCK_BYTES = 200e6;

/** What the cost of a count model depends on. */
export interface CountNetworkSize {
  /** Widths from the first hidden layer to the last. */
  widths: readonly number[];
  /** Units that each head reads, and the heads with weights of their own (mean, dispersion, dropout). */
  headInputs: number;
  nHeads: number;
  batchSize: number;
  epochs: number;
}

/** Memory and time of a network with several heads of all genes; see `networkCost` for the reasoning. */
export function countNetworkCost(facts: DatasetFacts, machine: Machine, size: CountNetworkSize): CostEstimate {
  const { nObs, nVar, nnz } = facts;
  const chain = [nVar, ...size.widths];
  let hidden = 0;
  for (let i = 1; i < chain.length; i++) hidden += chain[i - 1] * chain[i];
  const weights = hidden + size.nHeads * size.headInputs * nVar;
  const batch = Math.min(size.batchSize, nObs);
  const memoryBytes = BASE_BYTES + nnz * NONZERO_BYTES + weights * 4 * 6 + batch * nVar * 4 * ARRAYS + BLOCK_BYTES;
  const productSeconds = ((3 * weights - nVar * chain[1]) * 2 * batch) / machine.flopsPerSecond;
  const memorySeconds = (batch * nVar * 8 * PASSES + weights * 32) / 10e9;
  const seconds = size.epochs * Math.ceil(nObs / batch) * (productSeconds + memorySeconds + 5e-3);
  return { memoryBytes, seconds };
}
