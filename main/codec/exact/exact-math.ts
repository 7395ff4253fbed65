/**
 * exp, log and sin from additions, multiplications and divisions alone, which IEEE 754 fixes to the last bit: what a decoder
 * works out must be what the encoder worked out, on any machine and in any version of the engine that runs this, and the
 * standard leaves `Math.exp` and its like to the implementation. Accuracy is some 10⁻¹⁵, relative to 1.
 */

const LN2 = 0.6931471805599453;
/** ln 2 in two parts, the first with so few digits that its multiples are exact. */
const LN2_HIGH = 0.69314718036912381649;
const LN2_LOW = 1.90821492927058770002e-10;
const HALF_PI = 1.5707963267948966;
/** π/2 in three parts of 33 bits, for arguments up to about 10⁶. */
const HALF_PI_PARTS = [1.57079632673412561417, 6.0771005063039659766e-11, 2.02226624879595063154e-21] as const;

/** 1/k!, from the highest. */
const EXP_TERMS = reciprocalFactorials(14);

/** eˣ; 0 below −700, never more than e^700. */
export function exactExp(x: number): number {
  if (x < -700) return 0;
  const bounded = x > 700 ? 700 : x;
  const k = Math.round(bounded / LN2);
  const r = bounded - k * LN2_HIGH - k * LN2_LOW;
  let sum = EXP_TERMS[0];
  for (let i = 1; i < EXP_TERMS.length; i++) sum = sum * r + EXP_TERMS[i];
  return sum * powerOfTwo(k);
}

/** ln x of a positive finite number. */
export function exactLog(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (let step = 512; step >= 1; step /= 2) {
    const power = powerOfTwo(step);
    if (mantissa >= power) {
      mantissa /= power;
      exponent += step;
    }
    if (mantissa < 1 / power) {
      mantissa *= power;
      exponent -= step;
    }
  }
  if (mantissa < 1) {
    mantissa *= 2;
    exponent--;
  }
  // To the middle around 1: √½ … √2.
  if (mantissa > 1.4142135623730951) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 artanh((m − 1) / (m + 1)), |argument| ≤ 0.172.
  const t = (mantissa - 1) / (mantissa + 1);
  const square = t * t;
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = sum * square + 1 / k;
  return exponent * LN2_HIGH + (2 * t * sum + exponent * LN2_LOW);
}

/** sin x for |x| up to about 10⁶. */
export function exactSin(x: number): number {
  const k = Math.round(x / HALF_PI);
  const r = x - k * HALF_PI_PARTS[0] - k * HALF_PI_PARTS[1] - k * HALF_PI_PARTS[2];
  const square = r * r;
  const quadrant = ((k % 4) + 4) % 4;
  const value = quadrant % 2 === 0 ? r * (1 + square * sinePolynomial(square)) : 1 + square * cosinePolynomial(square);
  return quadrant < 2 ? value : -value;
}

/** (sin r / r − 1) / r² by Taylor, |r| ≤ π/4. */
function sinePolynomial(s: number): number {
  return (
    -1 / 6 +
    s * (1 / 120 + s * (-1 / 5040 + s * (1 / 362880 + s * (-1 / 39916800 + s * (1 / 6227020800 - s / 1307674368000)))))
  );
}

/** (cos r − 1) / r² by Taylor, |r| ≤ π/4. */
function cosinePolynomial(s: number): number {
  return (
    -1 / 2 +
    s * (1 / 24 + s * (-1 / 720 + s * (1 / 40320 + s * (-1 / 3628800 + s * (1 / 479001600 - s / 87178291200)))))
  );
}

/** 2ᵏ for whole k, exactly. */
function powerOfTwo(k: number): number {
  let power = 1;
  const factor = k < 0 ? 0.5 : 2;
  for (let left = Math.abs(k), base = factor; left > 0; left = Math.floor(left / 2), base *= base)
    if (left % 2 === 1) power *= base;
  return power;
}

function reciprocalFactorials(highest: number): Float64Array {
  const terms = new Float64Array(highest + 1);
  let factorial = 1;
  for (let k = 0; k <= highest; k++) {
    if (k > 0) factorial *= k;
    terms[highest - k] = 1 / factorial;
  }
  return terms;
}
