import { chiSquareTail } from './chi-square-tail.ts';
import type { Neighbourhoods } from './lisi.ts';

/** Share of a test that finds a difference where there is none. */
export const KBET_ALPHA = 0.05;

/**
 * Size of the neighbourhoods, the observation itself among them: a quarter of the mean batch, at least 10, at most 70.
 * Source: the code of Luecken et al. 2022; Büttner et al. 2019 take the quarter without a limit.
 */
export function kbetNeighbourhood(nObs: number, nBatches: number): number {
  return Math.min(70, Math.max(10, Math.floor(nObs / nBatches / 4)));
}

/**
 * Acceptance of the k-nearest-neighbour batch effect test (kBET): the share of observations whose neighbourhood has the
 * composition of the whole, by Pearson's χ² test with nBatches − 1 degrees of freedom at α = 0.05. About 0.95 where
 * batches are mixed perfectly, 0 where they lie apart. Source: Büttner et al. 2019, A test metric for assessing
 * single-cell RNA-seq batch correction, Methods; every observation is tested here, where theirs draws a tenth.
 *
 * @param graph at least k − 1 neighbours of each observation
 * @param batch [nObs], 0 … nBatches − 1
 * @param k from `kbetNeighbourhood`
 */
export function kbetAcceptance(graph: Neighbourhoods, batch: ArrayLike<number>, nBatches: number, k: number): number {
  const { nObs } = graph;
  const expected = new Float64Array(nBatches);
  for (let i = 0; i < nObs; i++) expected[batch[i]] += k / nObs;
  const found = new Float64Array(nBatches);
  let accepted = 0;
  for (let i = 0; i < nObs; i++) {
    found.fill(0);
    found[batch[i]] = 1;
    for (let j = 0; j < k - 1; j++) found[batch[graph.indices[i * graph.k + j]]]++;
    let statistic = 0;
    for (let b = 0; b < nBatches; b++) statistic += (found[b] - expected[b]) ** 2 / expected[b];
    if (chiSquareTail(statistic, nBatches - 1) >= KBET_ALPHA) accepted++;
  }
  return accepted / nObs;
}
