import { contingencyTable, type ContingencyTable } from './contingency-table.ts';

/**
 * Adjusted Rand index: agreement of two partitions over pairs of observations, corrected for chance. 1 is perfect, about
 * 0 is chance, the least is -0.5.
 *
 *     ARI = 2 (TP·TN - FN·FP) / ((TP + FN)(FN + TN) + (TP + FP)(FP + TN))        over ordered pairs
 *
 * Pair counts and their products are exact integers, as in scikit-learn. Source: Hubert & Arabie 1985, Comparing
 * partitions; the pair form: Steinley 2004.
 * @returns NaN when no observation has both codes
 */
export function adjustedRandIndex(truth: Int32Array, clusters: Int32Array): number {
  return adjustedRandIndexOf(contingencyTable(truth, clusters));
}

/** The same from a table that is already counted. */
export function adjustedRandIndexOf(table: ContingencyTable): number {
  if (table.n === 0) return NaN;
  const { cells, truthSizes, clusterSizes } = table;
  // Every sum below is at most n², exact in a double up to 94 million observations; only the products need more.
  let sumSquares = 0;
  for (const count of cells.count) sumSquares += count * count;
  const squaresOf = (sizes: Float64Array): number => sizes.reduce((sum, size) => sum + size * size, 0);
  const together = BigInt(sumSquares - table.n);
  const onlyClusters = BigInt(squaresOf(clusterSizes) - sumSquares);
  const onlyTruth = BigInt(squaresOf(truthSizes) - sumSquares);
  if (onlyClusters === 0n && onlyTruth === 0n) return 1;
  const apart = BigInt(table.n) * BigInt(table.n - 1) - together - onlyClusters - onlyTruth;
  const above = 2n * (together * apart - onlyTruth * onlyClusters);
  const below = (together + onlyTruth) * (onlyTruth + apart) + (together + onlyClusters) * (onlyClusters + apart);
  return Number(above) / Number(below);
}
