/**
 * Order in which categories get their colours and stand in a legend: by size, largest first, equal ones by their
 * place in the list. The order depends on the sizes alone, so views of the same column agree.
 *
 * @param codes [n], -1 where missing
 * @returns the categories that occur, largest first, with their sizes, and how many observations have none
 */
export function clusterOrder(
  codes: ArrayLike<number>,
  nCategories: number,
): { order: { code: number; size: number }[]; missing: number } {
  const sizes = new Array<number>(nCategories).fill(0);
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0) missing++;
    else sizes[codes[i]]++;
  }
  const order = sizes
    .map((size, code) => ({ code, size }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size || a.code - b.code);
  return { order, missing };
}
