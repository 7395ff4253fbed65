/** Where values lie along the axis of a histogram, from 0 (left) to 1 (right). */
export interface AxisScale {
  /** The ends of the axis; `low` is the smallest value that the axis resolves. */
  low: number;
  high: number;
  toFraction(value: number): number;
  toValue(fraction: number): number;
  /** Round values to be written along the axis. */
  ticks: number[];
}

/** Share of a logarithmic axis that is set apart for values of 0, which have no logarithm. */
const ZERO_SHARE = 0.05;

/** An axis in logarithms, for totals. @param hasZeros leaves a place for 0 at its left */
export function logScale(low: number, high: number, hasZeros: boolean): AxisScale {
  const from = Math.log(low);
  const to = Math.max(Math.log(high), from + 1e-6);
  const start = hasZeros ? ZERO_SHARE : 0;
  const ticks: number[] = hasZeros ? [0] : [];
  const decades = (to - from) / Math.LN10;
  const steps = decades > 2.2 ? [1] : decades > 1.5 ? [1, 3] : decades > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 8];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const step of steps) {
      const tick = Number((step * 10 ** power).toPrecision(2));
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return {
    low,
    high,
    toFraction: (value) =>
      value < low
        ? value <= 0 || !hasZeros
          ? 0
          : start
        : Math.min(1, start + ((1 - start) * (Math.log(value) - from)) / (to - from)),
    toValue: (fraction) => (fraction < start ? 0 : Math.exp(from + ((fraction - start) / (1 - start)) * (to - from))),
    ticks,
  };
}

/** An axis in equal steps, for shares. */
export function linearScale(low: number, high: number): AxisScale {
  const width = Math.max(high - low, 1e-6);
  const rough = width / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high + 1e-9; i++) ticks.push(Number((i * step).toPrecision(6)));
  return {
    low,
    high,
    toFraction: (value) => Math.min(1, Math.max(0, (value - low) / width)),
    toValue: (fraction) => low + fraction * width,
    ticks,
  };
}

/** The axis that suits these values. */
export function scaleOf(values: ArrayLike<number>, log: boolean): AxisScale {
  let low = Infinity;
  let high = -Infinity;
  let hasZeros = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (log && value <= 0) hasZeros = true;
    else {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low === Infinity) return linearScale(0, 1);
  // A little room at both ends, so that a limit can be set beyond the extremes without sticking to them.
  return log
    ? logScale(low / 1.03, high * 1.03, hasZeros)
    : linearScale(Math.min(0, low), high + (high - low) * 0.02 || 1);
}
