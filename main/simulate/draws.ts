import type { Random } from '../engine/random/random.ts';

/** A draw from N(0, 1), by Box and Muller's transform. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** A draw from the gamma distribution of this shape and scale 1. Marsaglia, Tsang, ACM TOMS 26, 2000. */
export function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/**
 * A Poisson draw. A large rate is brought down first by the time of an early arrival, which is a gamma variable
 * (Ahrens, Dieter, Computing 12, 1974); a small one is inverted.
 */
export function poisson(rate: number, random: Random): number {
  let sum = 0;
  let left = rate;
  while (left > 30) {
    const arrivals = Math.floor(left * 0.875);
    const time = gamma(arrivals, random);
    if (time > left) return sum + binomial(arrivals - 1, left / time, random);
    sum += arrivals;
    left -= time;
  }
  let chance = Math.exp(-left);
  let u = random.uniform() - chance;
  let count = 0;
  while (u >= 0 && count < 1000) {
    count++;
    chance *= left / count;
    u -= chance;
  }
  return sum + count;
}

/** How many of n uniform points lie below p; halves n by drawing their median, a beta variable. */
function binomial(n: number, p: number, random: Random): number {
  let sum = 0;
  let left = n;
  let chance = p;
  while (left > 30) {
    const middle = 1 + (left >> 1);
    const a = gamma(middle, random);
    const b = gamma(left + 1 - middle, random);
    const median = a / (a + b);
    if (median <= chance) {
      sum += middle;
      left -= middle;
      chance = (chance - median) / (1 - median);
    } else {
      left = middle - 1;
      chance /= median;
    }
  }
  for (; left > 0; left--) if (random.uniform() < chance) sum++;
  return sum;
}

/** Above this mean the counts are drawn as a Poisson of a gamma, below by inversion: faster, and the same law. */
const LARGE_MEAN = 20;

/**
 * A gamma–Poisson (negative binomial) count with this mean and variance mean + dispersion · mean².
 *
 * Most means of sparse data are far below 1, and P(0) = (1 + φμ)^(−1/φ) ≥ 1 − μ: most draws end at the first line.
 */
export function gammaPoisson(mean: number, dispersion: number, random: Random): number {
  const u = random.uniform();
  if (u < 1 - mean) return 0;
  if (mean > LARGE_MEAN) {
    if (dispersion <= 0) return poisson(mean, random);
    return poisson(gamma(1 / dispersion, random) * dispersion * mean, random);
  }
  const spread = dispersion * mean;
  let chance = dispersion > 0 ? Math.exp(-Math.log1p(spread) / dispersion) : Math.exp(-mean);
  let left = u - chance;
  let count = 0;
  // The end is for the last bit of u: beyond it the chances are 0 in double precision.
  while (left >= 0 && count < 100_000 && chance > 1e-300) {
    chance *= (mean + dispersion * mean * count) / ((count + 1) * (1 + spread));
    count++;
    left -= chance;
  }
  return count;
}
