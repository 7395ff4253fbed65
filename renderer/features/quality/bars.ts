import type { AxisScale } from './axis-scale.ts';

/** One bar of a histogram; `from` and `to` are fractions of the axis. */
export interface Bar {
  from: number;
  to: number;
  total: number;
  /** How many of them the rules keep. */
  kept: number;
}

/** Bars of equal width along an axis. */
const BARS = 64;

/** The bar that each value falls into: counted once, so that a dragged limit needs no logarithm of a million values. */
export function barPlaces(values: ArrayLike<number>, scale: AxisScale): Uint8Array {
  const places = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    places[i] = Math.min(BARS - 1, Math.floor(scale.toFraction(values[i]) * BARS));
  }
  return places;
}

/** @param places from `barPlaces` @param kept [places], 1 for what stays */
export function barsOf(places: Uint8Array, kept: ArrayLike<number>): Bar[] {
  const total = new Uint32Array(BARS);
  const stays = new Uint32Array(BARS);
  for (let i = 0; i < places.length; i++) {
    total[places[i]]++;
    if (kept[i]) stays[places[i]]++;
  }
  return Array.from(total, (count, i) => ({ from: i / BARS, to: (i + 1) / BARS, total: count, kept: stays[i] }));
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
