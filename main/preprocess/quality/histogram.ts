/** Bars of a histogram; `edges` has one more entry than `counts`. */
export interface Histogram {
  edges: number[];
  counts: number[];
}

/**
 * @param log bars of equal width on a logarithmic axis, for totals; values of 0 then fall into a first bar 0…smallest
 */
export function histogram(values: ArrayLike<number>, bars: number, log: boolean): Histogram {
  let low = Infinity;
  let high = -Infinity;
  let zeros = 0;
  for (let i = 0; i < values.length; i++) {
    if (log && !(values[i] > 0)) {
      zeros++;
      continue;
    }
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (low === Infinity) return { edges: [0, 1], counts: [zeros] };
  const from = log ? Math.log(low) : low;
  const to = log ? Math.log(high) : high;
  const width = (to - from) / bars;
  const edges = width > 0 ? Array.from({ length: bars + 1 }, (_, b) => from + b * width) : [from, from];
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (let i = 0; i < values.length; i++) {
    if (log && !(values[i] > 0)) continue;
    const at = log ? Math.log(values[i]) : values[i];
    counts[width > 0 ? Math.min(Math.floor((at - from) / width), bars - 1) : 0]++;
  }
  const shown = log ? edges.map(Math.exp) : edges;
  // The ends are data values: no rounding may put the extremes outside.
  shown[0] = low;
  shown[shown.length - 1] = high;
  return zeros > 0 ? { edges: [0, ...shown], counts: [zeros, ...counts] } : { edges: shown, counts };
}
