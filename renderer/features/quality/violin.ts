import type { Bar } from './bars.ts';

/** How a measure is spread, as the half width of a violin along the axis. */
export interface Violin {
  /** Fractions of the axis, even steps; empty where nothing was measured. */
  at: number[];
  /** Density of everything at those places, the largest being 1, and of what is kept on the same scale. */
  all: number[];
  kept: number[];
  /** Quartiles of everything, fractions of the axis. */
  lower: number;
  median: number;
  upper: number;
}

const STEPS = 160;

/**
 * Gaussian kernel density over the axis as it is drawn (logarithmic for totals), with Silverman's bandwidth (Silverman
 * 1986, Density Estimation, section 3.4.2) but no narrower than a bar; cut at the first and last bar that holds
 * something, so that it claims nothing that was not measured. From bars, because a dragged limit is followed at once
 * whatever the number of cells.
 */
export function violinOf(bars: readonly Bar[]): Violin {
  const filled = bars.filter((bar) => bar.total > 0);
  const n = filled.reduce((sum, bar) => sum + bar.total, 0);
  if (n === 0) return { at: [], all: [], kept: [], lower: 0, median: 0, upper: 0 };
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantile(filled, share * n));
  const mean = filled.reduce((sum, bar) => sum + bar.total * centre(bar), 0) / n;
  const sd = Math.sqrt(filled.reduce((sum, bar) => sum + bar.total * (centre(bar) - mean) ** 2, 0) / n);
  const spread = Math.min(sd, (upper - lower) / 1.34 || sd);
  const widest = Math.max(...filled.map((bar) => bar.to - bar.from));
  const bandwidth = Math.max(0.9 * spread * n ** -0.2, widest);
  const [from, to] = [filled[0].from, filled[filled.length - 1].to];
  const at = Array.from({ length: STEPS }, (_, i) => from + ((to - from) * i) / (STEPS - 1));
  const densities = at.map((place) => {
    let [all, kept] = [0, 0];
    for (const bar of filled) {
      const weight = Math.exp(-0.5 * ((place - centre(bar)) / bandwidth) ** 2);
      all += weight * bar.total;
      kept += weight * bar.kept;
    }
    return { all, kept };
  });
  const most = Math.max(...densities.map(({ all }) => all));
  return {
    at,
    all: densities.map(({ all }) => all / most),
    kept: densities.map(({ kept }) => kept / most),
    lower,
    median,
    upper,
  };
}

/** Outline of a violin that lies on its axis, for the `d` of an SVG path. @param size of the drawing, its own units */
export function outline(at: readonly number[], density: readonly number[], size: { width: number; height: number }) {
  const middle = size.height / 2;
  const point = (i: number, side: number) =>
    `${(at[i] * size.width).toFixed(1)},${(middle + side * density[i] * middle).toFixed(1)}`;
  const there = at.map((_, i) => point(i, -1));
  const back = at.map((_, i) => point(i, 1)).reverse();
  return at.length === 0 ? '' : `M${[...there, ...back].join('L')}Z`;
}

function centre(bar: Bar): number {
  return (bar.from + bar.to) / 2;
}

/** Where `rank` of the counted values lie to the left, even within a bar. */
function quantile(filled: readonly Bar[], rank: number): number {
  let before = 0;
  for (const bar of filled) {
    if (before + bar.total >= rank) return bar.from + ((bar.to - bar.from) * (rank - before)) / bar.total;
    before += bar.total;
  }
  return filled[filled.length - 1].to;
}
