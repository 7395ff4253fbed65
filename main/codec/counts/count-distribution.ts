import { exactExp, exactLog } from '../exact/exact-math.ts';

/** Grid of log means: steps per nat, and the range that it covers. Everything beyond is taken for its end. */
export const LOG_MEAN_STEPS = 16;
const LOWEST = -14 * LOG_MEAN_STEPS;
const HIGHEST = 9 * LOG_MEAN_STEPS;
/** Sum of the sizes of all symbols. */
export const TOTAL = 2 ** 16;
/** θ of the negative binomial by level: 1/16 … 150 in steps of 2^0.75. */
export const SPREAD_LEVELS = 16;

const MOST_SYMBOLS = 256;
const TAIL = 2 ** -15;

/** How one count is coded: symbol x means the count x, the last symbol means "more than that". */
export interface SymbolTable {
  /** [nSymbols + 1], cumulative sizes from 0 to 2¹⁶. */
  cumulative: Uint32Array;
  /** [nSymbols], bits that each symbol takes. */
  bits: Float64Array;
  /** Counts that have a symbol of their own: 0 … nDirect − 1. */
  nDirect: number;
}

const tables = new Map<number, SymbolTable>();

/** Position on the grid of log means. */
export function boundedLogMean(index: number): number {
  return index < LOWEST ? LOWEST : index > HIGHEST ? HIGHEST : index;
}

/**
 * Integer frequencies of the negative binomial with mean μ = exp(index / 16) and dispersion θ of the level,
 * `P(0) = (θ / (θ + μ))^θ`, `P(x + 1) = P(x) · (x + θ) / (x + 1) · μ / (θ + μ)`; each at least 1. Every machine works out the same.
 *
 * @param index as `boundedLogMean` gives it
 */
export function symbolTable(index: number, level: number): SymbolTable {
  const key = (index - LOWEST) * SPREAD_LEVELS + level;
  const known = tables.get(key);
  if (known) return known;
  const made = makeTable(index, level);
  tables.set(key, made);
  return made;
}

function makeTable(index: number, level: number): SymbolTable {
  const mean = exactExp(index / LOG_MEAN_STEPS);
  const theta = 0.0625 * exactExp(level * 0.75 * 0.6931471805599453);
  const ratio = mean / (theta + mean);
  const probabilities: number[] = [];
  let p = exactExp(-theta * exactLog(1 + mean / theta));
  let left = 1;
  for (let x = 0; x < MOST_SYMBOLS && (x < 2 || left > TAIL); x++) {
    probabilities.push(p);
    left -= p;
    p *= ((x + theta) / (x + 1)) * ratio;
  }
  const nDirect = probabilities.length;
  probabilities.push(Math.max(0, left));
  const spare = TOTAL - probabilities.length;
  const sizes = Uint32Array.from(probabilities, (share) => 1 + Math.floor(share * spare));
  // What rounding left over goes to the likeliest symbol.
  let likeliest = 0;
  sizes.forEach((size, symbol) => {
    if (size > sizes[likeliest]) likeliest = symbol;
  });
  sizes[likeliest] += TOTAL - sizes.reduce((sum, size) => sum + size, 0);
  const cumulative = new Uint32Array(sizes.length + 1);
  sizes.forEach((size, symbol) => (cumulative[symbol + 1] = cumulative[symbol] + size));
  return { cumulative, bits: Float64Array.from(sizes, (size) => Math.log2(TOTAL / size)), nDirect };
}

/** Bits that a count takes, with what a count beyond the table takes on top. */
export function countBits({ bits, nDirect }: SymbolTable, count: number): number {
  if (count < nDirect) return bits[count];
  return bits[nDirect] + 6 + Math.floor(Math.log2(count - nDirect + 1));
}
