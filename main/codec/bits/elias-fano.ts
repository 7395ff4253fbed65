import { LacunaError } from '../../errors/lacuna-error.ts';
import { BitVector } from './bit-vector.ts';

const HEADER_BYTES = 20;

/**
 * A set of whole numbers below `universe` (up to 2⁵³) in at most `2 + log₂(universe / n)` bits each, with look-up in place
 * (Elias, "Efficient storage and retrieval by content and address of static files", 1974; Fano 1971): the lower
 * `⌊log₂(universe / n)⌋` bits are packed as they are, the upper ones are a bit vector in which a one at `upper + rank` says
 * that the number of that rank has these upper bits.
 */
export class EliasFano {
  readonly count: number;
  readonly universe: number;
  readonly #lowBits: number;
  readonly #low: Uint32Array;
  readonly #high: BitVector;

  private constructor(count: number, universe: number, lowBits: number, low: Uint32Array, high: BitVector) {
    this.count = count;
    this.universe = universe;
    this.#lowBits = lowBits;
    this.#low = low;
    this.#high = high;
  }

  /** @param positions ascending, without duplicates, each below `universe` */
  static from(positions: Iterable<number>, count: number, universe: number): EliasFano {
    const { lowBits, lowWords, highLength } = layoutOf(count, universe);
    const low = new Uint32Array(lowWords);
    const high = new Uint32Array(Math.ceil(highLength / 32));
    const step = 2 ** lowBits;
    let rank = 0;
    for (const position of positions) {
      const upper = Math.floor(position / step);
      if (lowBits > 0) writeBits(low, rank * lowBits, lowBits, position - upper * step);
      const at = upper + rank;
      high[at >>> 5] |= 1 << (at & 31);
      rank++;
    }
    return new EliasFano(count, universe, lowBits, low, new BitVector(high, highLength));
  }

  /** The position of rank `k`. */
  at(k: number): number {
    const upper = this.#high.select(k) - k;
    return upper * 2 ** this.#lowBits + this.#lowOf(k);
  }

  /** The rank of a position, or −1 when it is not in the set. */
  rankOf(position: number): number {
    if (this.count === 0) return -1;
    const step = 2 ** this.#lowBits;
    const upper = Math.floor(position / step);
    const wanted = position - upper * step;
    // Behind the zero that ends the numbers with smaller upper bits.
    let at = upper === 0 ? 0 : this.#high.selectZero(upper - 1) + 1;
    for (let k = at - upper; k < this.count && this.#high.get(at); k++, at++) {
      const low = this.#lowOf(k);
      if (low === wanted) return k;
      if (low > wanted) break;
    }
    return -1;
  }

  /** All positions, ascending: [count]. */
  toArray(): Float64Array {
    const out = new Float64Array(this.count);
    const step = 2 ** this.#lowBits;
    let rank = 0;
    for (let w = 0; w < this.#high.words.length; w++) {
      for (let word = this.#high.words[w]; word !== 0; word &= word - 1) {
        const upper = w * 32 + (31 - Math.clz32(word & -word)) - rank;
        out[rank] = upper * step + this.#lowOf(rank);
        rank++;
      }
    }
    return out;
  }

  /** Layout, little-endian: count and universe as float64, lower bits as uint32, words of the lower part, of the upper. */
  toBytes(): Uint8Array {
    const words = this.#high.words;
    const out = new Uint8Array(HEADER_BYTES + 4 * (this.#low.length + words.length));
    const view = new DataView(out.buffer);
    view.setFloat64(0, this.count, true);
    view.setFloat64(8, this.universe, true);
    view.setUint32(16, this.#lowBits, true);
    this.#low.forEach((word, i) => view.setUint32(HEADER_BYTES + 4 * i, word, true));
    words.forEach((word, i) => view.setUint32(HEADER_BYTES + 4 * (this.#low.length + i), word, true));
    return out;
  }

  /** @throws LacunaError `bad-file` when the parts do not fit together */
  static fromBytes(bytes: Uint8Array): EliasFano {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < HEADER_BYTES) throw broken();
    const count = view.getFloat64(0, true);
    const universe = view.getFloat64(8, true);
    const sound = Number.isSafeInteger(count) && Number.isSafeInteger(universe) && count >= 0 && count <= universe;
    if (!sound) throw broken();
    const { lowBits, lowWords, highLength } = layoutOf(count, universe);
    const highWords = Math.ceil(highLength / 32);
    const fits = lowBits === view.getUint32(16, true) && bytes.length === HEADER_BYTES + 4 * (lowWords + highWords);
    if (!fits) throw broken();
    const words = Uint32Array.from({ length: lowWords + highWords }, (_, i) =>
      view.getUint32(HEADER_BYTES + 4 * i, true),
    );
    const high = new BitVector(words.slice(lowWords), highLength);
    if (high.ones !== count) throw broken();
    return new EliasFano(count, universe, lowBits, words.slice(0, lowWords), high);
  }

  #lowOf(k: number): number {
    return this.#lowBits === 0 ? 0 : readBits(this.#low, k * this.#lowBits, this.#lowBits);
  }
}

function layoutOf(count: number, universe: number): { lowBits: number; lowWords: number; highLength: number } {
  let lowBits = 0;
  while (count > 0 && lowBits < 31 && universe / 2 ** (lowBits + 1) >= count) lowBits++;
  const highLength = count === 0 ? 0 : count + Math.floor(Math.max(0, universe - 1) / 2 ** lowBits) + 1;
  return { lowBits, lowWords: Math.ceil((count * lowBits) / 32), highLength };
}

function writeBits(words: Uint32Array, at: number, width: number, value: number): void {
  const word = Math.floor(at / 32);
  const shift = at % 32;
  words[word] |= value << shift;
  if (shift + width > 32) words[word + 1] |= value >>> (32 - shift);
}

function readBits(words: Uint32Array, at: number, width: number): number {
  const word = Math.floor(at / 32);
  const shift = at % 32;
  let value = words[word] >>> shift;
  if (shift + width > 32) value |= words[word + 1] << (32 - shift);
  return (value & (2 ** width - 1)) >>> 0;
}

function broken(): LacunaError {
  return new LacunaError(
    'bad-file',
    'The index of the zeros is damaged: its parts do not fit together.',
    'Take another copy of the file.',
  );
}
