import { contingencyTable, type ContingencyTable } from './contingency-table.ts';
import { entropy, mutualInformation } from './information.ts';

/** What the mutual information is divided by: a mean of the two entropies. Papers differ; scikit-learn's default is `arithmetic`. */
export type NmiAverage = 'arithmetic' | 'geometric' | 'min' | 'max';

/**
 * Normalised mutual information of labels and clusters, 0 to 1. Two partitions of one part each agree: 1.
 * Source: Strehl & Ghosh 2002 (geometric); Vinh, Epps & Bailey 2010 (the other means).
 * @returns NaN when no observation has both codes
 */
export function normalisedMutualInformation(
  truth: Int32Array,
  clusters: Int32Array,
  average: NmiAverage = 'arithmetic',
): number {
  return normalisedMutualInformationOf(contingencyTable(truth, clusters), average);
}

/** The same from a table that is already counted. */
export function normalisedMutualInformationOf(table: ContingencyTable, average: NmiAverage = 'arithmetic'): number {
  if (table.n === 0) return NaN;
  if (table.truthCodes.length === 1 && table.clusterCodes.length === 1) return 1;
  const information = mutualInformation(table);
  if (information <= Number.EPSILON) return 0;
  const mean = meanOf(entropy(table.truthSizes), entropy(table.clusterSizes), average);
  return information / Math.max(mean, Number.EPSILON);
}

function meanOf(a: number, b: number, average: NmiAverage): number {
  switch (average) {
    case 'arithmetic':
      return (a + b) / 2;
    case 'geometric':
      return Math.sqrt(a * b);
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
  }
}
