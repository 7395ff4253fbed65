import type { RangeDecoder } from './range-decoder.ts';
import type { RangeEncoder } from './range-encoder.ts';

const STEP = 24;
const MOST = 2 ** 15;

/**
 * Whole numbers whose distribution is learned while they are coded: both sides begin with the same few counts and raise that
 * of each number that passes. Numbers outside −`limit` … `limit` leave through an escape and are written in full.
 */
export class AdaptiveIntegers {
  readonly #limit: number;
  readonly #escape: number;
  readonly #sizes: Uint32Array;
  #total = 0;

  /** @param limit 1 … 4,000 */
  constructor(limit: number) {
    this.#limit = limit;
    this.#escape = 2 * limit + 1;
    // Small numbers are likelier before anything is known.
    this.#sizes = Uint32Array.from({ length: 2 * limit + 2 }, (_, symbol) =>
      symbol === this.#escape ? 1 : Math.max(1, 8 >> Math.min(8, Math.abs(symbol - limit) >> 1)),
    );
    this.#total = this.#sizes.reduce((sum, size) => sum + size, 0);
  }

  encode(encoder: RangeEncoder, value: number): void {
    const symbol = Math.abs(value) <= this.#limit ? value + this.#limit : this.#escape;
    let start = 0;
    for (let i = 0; i < symbol; i++) start += this.#sizes[i];
    encoder.encode(start, this.#sizes[symbol], this.#total);
    this.#learn(symbol);
    if (symbol !== this.#escape) return;
    encoder.bits(value < 0 ? 1 : 0, 1);
    encodeNatural(encoder, Math.abs(value));
  }

  decode(decoder: RangeDecoder): number {
    const target = decoder.target(this.#total);
    let symbol = 0;
    let start = 0;
    while (start + this.#sizes[symbol] <= target) start += this.#sizes[symbol++];
    decoder.consume(start, this.#sizes[symbol]);
    this.#learn(symbol);
    if (symbol !== this.#escape) return symbol - this.#limit;
    const negative = decoder.bits(1) === 1;
    const size = decodeNatural(decoder);
    return negative ? -size : size;
  }

  /** Bits that `value` would take now; nothing is learned. */
  cost(value: number): number {
    const inside = Math.abs(value) <= this.#limit;
    const size = this.#sizes[inside ? value + this.#limit : this.#escape];
    return Math.log2(this.#total / size) + (inside ? 0 : 8 + 2 * Math.log2(1 + Math.abs(value)));
  }

  #learn(symbol: number): void {
    this.#sizes[symbol] += STEP;
    this.#total += STEP;
    if (this.#total <= MOST) return;
    this.#total = 0;
    for (let i = 0; i < this.#sizes.length; i++) this.#total += this.#sizes[i] = (this.#sizes[i] + 1) >>> 1;
  }
}

/** A number from 0 to 2⁵² in about 6 + log₂ bits: its number of binary digits, then the digits below the first. */
export function encodeNatural(encoder: RangeEncoder, value: number): void {
  const digits = binaryDigits(value + 1);
  encoder.bits(digits - 1, 6);
  let rest = value + 1 - 2 ** (digits - 1);
  for (let left = digits - 1; left > 0;) {
    const width = Math.min(16, left);
    left -= width;
    const part = Math.floor(rest / 2 ** left);
    encoder.bits(part, width);
    rest -= part * 2 ** left;
  }
}

export function decodeNatural(decoder: RangeDecoder): number {
  let left = Math.min(53, decoder.bits(6));
  let value = 1;
  while (left > 0) {
    const width = Math.min(16, left);
    value = value * 2 ** width + decoder.bits(width);
    left -= width;
  }
  return value - 1;
}

function binaryDigits(value: number): number {
  let digits = 1;
  for (let rest = Math.floor(value / 2); rest >= 1; rest = Math.floor(rest / 2)) digits++;
  return digits;
}
