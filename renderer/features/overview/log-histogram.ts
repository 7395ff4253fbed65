/** Equal steps of the logarithm; zeros stand apart, they have none. */
export interface LogHistogram {
  /** [nBins + 1] */
  edges: number[];
  /** [nGroups][nBins] */
  counts: number[][];
  /** Values of 0, of each group. */
  zeros: number[];
}

/**
 * Counts positive values in steps that are equal on a logarithmic axis, group by group.
 *
 * @param codes [n], -1 for none: those are counted in the group after the last
 */
export function logHistogram(
  values: ArrayLike<number>,
  codes: ArrayLike<number> | null,
  nGroups: number,
  nBins = 48,
): LogHistogram {
  let low = Infinity;
  let high = 0;
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] > 0)) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (!(low < Infinity)) [low, high] = [1, 10];
  if (high <= low) high = low * 1.01;
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const step = (to - from) / nBins;
  const counts = Array.from({ length: nGroups + 1 }, () => new Array<number>(nBins).fill(0));
  const zeros = new Array<number>(nGroups + 1).fill(0);
  for (let i = 0; i < values.length; i++) {
    const code = codes === null ? 0 : codes[i];
    const group = code < 0 ? nGroups : code;
    if (!(values[i] > 0)) zeros[group]++;
    else counts[group][Math.min(nBins - 1, Math.floor((Math.log10(values[i]) - from) / step))]++;
  }
  return { edges: Array.from({ length: nBins + 1 }, (_, i) => 10 ** (from + i * step)), counts, zeros };
}
