import type { AxisScale } from './axis-scale.ts';

/** One bar of a histogram; `from` and `to` are fractions of the axis. */
export interface Bar {
  from: number;
  to: number;
  total: number;
  /** How many of them the rules keep. */
  kept: number;
}

/** Bars of equal width along the axis. @param kept [values], 1 for what stays */
export function barsOf(values: ArrayLike<number>, kept: ArrayLike<number>, scale: AxisScale, count = 64): Bar[] {
  const bars = Array.from({ length: count }, (_, i) => ({ from: i / count, to: (i + 1) / count, total: 0, kept: 0 }));
  for (let i = 0; i < values.length; i++) {
    const bar = bars[Math.min(count - 1, Math.floor(scale.toFraction(values[i]) * count))];
    bar.total++;
    if (kept[i]) bar.kept++;
  }
  return bars;
}

/** Bars of a histogram that was counted by the core. The limit may lie within a bar: its share is then an estimate. */
export function barsOfHistogram(
  histogram: { edges: number[]; counts: number[] },
  scale: AxisScale,
  limits: { min: number | null; max: number | null },
): Bar[] {
  const lowest = limits.min === null ? 0 : scale.toFraction(limits.min);
  const highest = limits.max === null ? 1 : scale.toFraction(limits.max);
  return histogram.counts.map((total, i) => {
    const from = scale.toFraction(histogram.edges[i]);
    const to = scale.toFraction(histogram.edges[i + 1]);
    const inside = Math.max(0, Math.min(to, highest) - Math.max(from, lowest));
    return { from, to, total, kept: to > from ? Math.round((total * inside) / (to - from)) : total };
  });
}
