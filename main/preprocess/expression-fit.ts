import type { GeneScaling } from './transform/gene-scaling.ts';

/**
 * What a recipe learned from the observations it was fitted on, so that others can be treated in the same way: which
 * genes, to which library size, with which scaling. A held-out spot must not have a say in any of it.
 */
export interface ExpressionFit {
  /** Variables that passed the filter, positions in the dataset: library sizes are sums over these. */
  libraryVar: Uint32Array;
  /** Variables that the method sees, positions in the dataset. */
  varIndex: Uint32Array;
  /** Total that every observation is scaled to; null leaves values as they are. */
  target: number | null;
  scaling: GeneScaling | null;
}
