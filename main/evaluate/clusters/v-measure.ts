import { contingencyTable, type ContingencyTable } from './contingency-table.ts';
import { entropy, mutualInformation } from './information.ts';

export interface VMeasure {
  /** Each cluster holds one label only: I / H(truth). 1 when there is one label. */
  homogeneity: number;
  /** Each label lies in one cluster only: I / H(clusters). 1 when there is one cluster. */
  completeness: number;
  /** Harmonic mean of the two; equals the arithmetic NMI except in degenerate cases. */
  vMeasure: number;
}

/**
 * Homogeneity, completeness and their harmonic mean. Source: Rosenberg & Hirschberg 2007, V-Measure (β = 1).
 * All NaN when no observation has both codes.
 */
export function vMeasure(truth: Int32Array, clusters: Int32Array): VMeasure {
  return vMeasureOf(contingencyTable(truth, clusters));
}

/** The same from a table that is already counted. */
export function vMeasureOf(table: ContingencyTable): VMeasure {
  if (table.n === 0) return { homogeneity: NaN, completeness: NaN, vMeasure: NaN };
  const information = mutualInformation(table);
  const truthEntropy = entropy(table.truthSizes);
  const clusterEntropy = entropy(table.clusterSizes);
  const homogeneity = truthEntropy > 0 ? information / truthEntropy : 1;
  const completeness = clusterEntropy > 0 ? information / clusterEntropy : 1;
  const sum = homogeneity + completeness;
  return { homogeneity, completeness, vMeasure: sum > 0 ? (2 * homogeneity * completeness) / sum : 0 };
}
