/** Similarity of two points of the layout at squared distance d²: 1 / (1 + a·(d²)^b). */
export interface SimilarityCurve {
  a: number;
  b: number;
}

/**
 * The curve that comes closest, by least squares, to "1 up to minDist, then exponential decay", on [0, 3·spread].
 * Levenberg–Marquardt in two unknowns. Source: McInnes et al. 2018, UMAP, section 3.2 (Ψ).
 */
export function fitSimilarityCurve(minDist: number, spread = 1): SimilarityCurve {
  const nSteps = 300;
  const xs = Array.from({ length: nSteps }, (_, i) => (3 * spread * i) / (nSteps - 1));
  const ys = xs.map((x) => (x < minDist ? 1 : Math.exp(-(x - minDist) / spread)));
  const lossOf = (a: number, b: number): number =>
    xs.reduce((sum, x, i) => sum + (1 / (1 + a * x ** (2 * b)) - ys[i]) ** 2, 0);
  let a = 1;
  let b = 1;
  let damping = 1e-3;
  let loss = lossOf(a, b);
  for (let iteration = 0; iteration < 500 && damping < 1e12; iteration++) {
    let [aa, ab, bb, ga, gb] = [0, 0, 0, 0, 0];
    for (let i = 0; i < nSteps; i++) {
      if (xs[i] === 0) continue;
      const power = xs[i] ** (2 * b);
      const value = 1 / (1 + a * power);
      const slopeA = -power * value * value;
      const slopeB = -2 * a * power * Math.log(xs[i]) * value * value;
      const residual = value - ys[i];
      aa += slopeA * slopeA;
      ab += slopeA * slopeB;
      bb += slopeB * slopeB;
      ga += slopeA * residual;
      gb += slopeB * residual;
    }
    const [daa, dbb] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = daa * dbb - ab * ab;
    const nextA = a - (dbb * ga - ab * gb) / determinant;
    const nextB = b - (daa * gb - ab * ga) / determinant;
    const nextLoss = nextA > 0 && nextB > 0 ? lossOf(nextA, nextB) : Infinity;
    if (nextLoss < loss) {
      const gain = loss - nextLoss;
      [a, b, loss] = [nextA, nextB, nextLoss];
      damping /= 10;
      if (gain < 1e-16) break;
    } else damping *= 10;
  }
  return { a, b };
}
