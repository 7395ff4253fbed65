/**
 * Pearson's correlation of two lists over the places of a mask, and how many there are; null where one of the lists
 * never changes.
 *
 * @param where [n], 1 where a place counts; null: everywhere
 */
export function correlation(
  a: Float32Array,
  b: Float32Array,
  where: ArrayLike<number> | null,
): { n: number; r: number | null } {
  let n = 0;
  let [meanA, meanB, varianceA, varianceB, together] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if ((where !== null && where[i] === 0) || !Number.isFinite(a[i]) || !Number.isFinite(b[i])) continue;
    n++;
    const fromA = a[i] - meanA;
    const fromB = b[i] - meanB;
    meanA += fromA / n;
    meanB += fromB / n;
    varianceA += fromA * (a[i] - meanA);
    varianceB += fromB * (b[i] - meanB);
    together += fromA * (b[i] - meanB);
  }
  const scale = Math.sqrt(varianceA * varianceB);
  return { n, r: scale > 1e-12 ? together / scale : null };
}
