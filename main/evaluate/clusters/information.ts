import type { ContingencyTable } from './contingency-table.ts';

/** Shannon entropy of a partition from the sizes of its parts, in nats. */
export function entropy(sizes: Float64Array): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let sum = 0;
  for (const size of sizes) if (size > 0) sum -= (size / total) * (Math.log(size) - Math.log(total));
  return Math.abs(sum);
}

/**
 * Mutual information of labels and clusters, in nats: Σ p(t, c) · ln( p(t, c) / (p(t) p(c)) ). Never below 0: rounding
 * is cut off.
 */
export function mutualInformation(table: ContingencyTable): number {
  const { n, cells, truthSizes, clusterSizes } = table;
  let sum = 0;
  for (let at = 0; at < cells.count.length; at++) {
    const count = cells.count[at];
    const expected = Math.log(truthSizes[cells.truth[at]]) + Math.log(clusterSizes[cells.cluster[at]]) - Math.log(n);
    sum += (count / n) * (Math.log(count) - expected);
  }
  return Math.max(0, sum);
}
