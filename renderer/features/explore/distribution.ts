/** How the values of one group are spread. */
export interface Distribution {
  n: number;
  mean: number;
  median: number;
  lower: number;
  upper: number;
  /** Share of values above 0. */
  expressing: number;
  /** Density at even steps from `from` to `to`, the largest being 1; empty where there are fewer than three values. */
  density: number[];
  from: number;
  to: number;
}

const STEPS = 64;

/**
 * Gaussian kernel density with Silverman's bandwidth (Silverman 1986, Density Estimation, section 3.4.2), cut at the
 * lowest and highest value, so that a violin claims nothing that was not measured.
 *
 * @param values those of one group; what is not a number is left out
 */
export function distribution(values: readonly number[] | Float32Array): Distribution {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const n = sorted.length;
  if (n === 0)
    return { n, mean: NaN, median: NaN, lower: NaN, upper: NaN, expressing: NaN, density: [], from: 0, to: 0 };
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const at = (share: number): number => {
    const place = share * (n - 1);
    const low = Math.floor(place);
    return sorted[low] + (sorted[Math.min(n - 1, low + 1)] - sorted[low]) * (place - low);
  };
  const [lower, median, upper] = [at(0.25), at(0.5), at(0.75)];
  const expressing = sorted.reduce((count, value) => count + (value > 0 ? 1 : 0), 0) / n;
  const [from, to] = [sorted[0], sorted[n - 1]];
  const facts = { n, mean, median, lower, upper, expressing, from, to };
  if (n < 3 || from === to) return { ...facts, density: [] };
  const sd = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const spread = Math.min(sd, (upper - lower) / 1.34 || sd);
  const bandwidth = Math.max(0.9 * spread * n ** -0.2, (to - from) / 100);
  // Values are counted on the steps first: the cost does not grow with the number of cells.
  const step = (to - from) / (STEPS - 1);
  const counts = new Float64Array(STEPS);
  for (const value of sorted) counts[Math.round((value - from) / step)]++;
  const density = Array.from({ length: STEPS }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < STEPS; j++)
      if (counts[j] > 0) sum += counts[j] * Math.exp(-0.5 * (((i - j) * step) / bandwidth) ** 2);
    return sum;
  });
  const most = Math.max(...density);
  return { ...facts, density: density.map((value) => value / most) };
}

/** Values of each group. @param codes [n], -1 for none; @returns [nGroups] */
export function splitByGroup(values: Float32Array, codes: Int32Array, nGroups: number): number[][] {
  const parts = Array.from({ length: nGroups }, (): number[] => []);
  for (let i = 0; i < values.length; i++) if (codes[i] >= 0) parts[codes[i]].push(values[i]);
  return parts;
}
