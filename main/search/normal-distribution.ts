import type { Random } from '../engine/random/random.ts';

/** Standard normal distribution function; absolute error below 1e-7 (Abramowitz and Stegun, 7.1.26). */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = 0.5 * poly * Math.exp(-x * x);
  return z > 0 ? 1 - tail : tail;
}

/** A draw from N(mean, sd²) cut off at the ends of an interval that holds the mean. */
export function truncatedNormal(random: Random, mean: number, sd: number, low: number, high: number): number {
  // With the mean inside and sd at most the width, a third of the draws fall inside: no need for quantiles.
  for (;;) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
    const drawn = mean + sd * radius * Math.cos(2 * Math.PI * random.uniform());
    if (drawn >= low && drawn <= high) return drawn;
  }
}
