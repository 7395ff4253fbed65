/**
 * Chance that a count is lost altogether, 1 / (1 + μ / μ½): a logistic function of log μ with slope −1, so that rare
 * genes lose more (Zappia, Phipson, Oshlack, "Splatter: simulation of single-cell RNA sequencing data", Genome Biology
 * 18, 2017, dropout model). `half` is the mean at which every second count is lost; 0 loses none.
 */
export function dropoutChance(mean: number, half: number): number {
  return half === 0 ? 0 : 1 / (1 + mean / half);
}

/**
 * The `half` at which the wanted share of the nonzero counts is lost, on these means (any sample of the data's).
 *
 * @param share 0…0.95
 * @param dispersion φ of each of the means
 */
export function dropoutForShare(share: number, means: Float64Array, dispersion: Float64Array): number {
  if (share === 0) return 0;
  const found = means.map((mean, k) => {
    const zero = dispersion[k] > 0 ? Math.exp(-Math.log1p(dispersion[k] * mean) / dispersion[k]) : Math.exp(-mean);
    return 1 - zero;
  });
  const all = found.reduce((a, b) => a + b, 0);
  let low = -20;
  let high = 20;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    let lost = 0;
    for (let k = 0; k < means.length; k++) lost += found[k] * dropoutChance(means[k], Math.exp(middle));
    if (lost < share * all) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
