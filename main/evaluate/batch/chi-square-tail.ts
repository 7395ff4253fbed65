const MOST_STEPS = 10_000;
const SMALL = 1e-300;
const ENOUGH = 1e-15;

/**
 * Probability that a χ² variable with `df` degrees of freedom exceeds `x`: the regularised upper incomplete gamma
 * function Q(df / 2, x / 2), by its series below the mean and by its continued fraction (Lentz) above.
 *
 * @param df a whole number of at least 1
 */
export function chiSquareTail(x: number, df: number): number {
  const a = df / 2;
  const z = x / 2;
  if (!(z > 0)) return 1;
  const front = Math.exp(-z + a * Math.log(z) - logGammaOfHalf(df));
  if (z < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < MOST_STEPS && term > sum * ENOUGH; n++) {
      term *= z / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - front * sum);
  }
  let b = z + 1 - a;
  let c = 1 / SMALL;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_STEPS; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / notZero(an * d + b);
    c = notZero(b + an / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < ENOUGH) break;
  }
  return front * fraction;
}

function notZero(value: number): number {
  return Math.abs(value) < SMALL ? SMALL : value;
}

/** ln Γ(df / 2) of a whole number, by Γ(a + 1) = a Γ(a) from Γ(1/2) = √π and Γ(1) = 1. */
function logGammaOfHalf(df: number): number {
  let sum = df % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let a = df % 2 === 0 ? 1 : 0.5; a < df / 2; a++) sum += Math.log(a);
  return sum;
}
