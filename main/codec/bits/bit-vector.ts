const WORDS_PER_BLOCK = 16;

/**
 * Bits with rank and select in O(1) and O(log n): the counts before every block of 512 bits are kept beside them (6 % more
 * memory, rebuilt on reading, never stored).
 */
export class BitVector {
  readonly length: number;
  /** [⌈length / 32⌉], the first bit is the lowest of the first word; bits beyond `length` are 0. */
  readonly words: Uint32Array;
  /** [blocks + 1], ones before each block. */
  readonly #before: Uint32Array;

  constructor(words: Uint32Array, length: number) {
    this.words = words;
    this.length = length;
    const nBlocks = Math.ceil(words.length / WORDS_PER_BLOCK);
    this.#before = new Uint32Array(nBlocks + 1);
    for (let block = 0; block < nBlocks; block++) {
      const end = Math.min(words.length, (block + 1) * WORDS_PER_BLOCK);
      let ones = this.#before[block];
      for (let w = block * WORDS_PER_BLOCK; w < end; w++) ones += popCount(words[w]);
      this.#before[block + 1] = ones;
    }
  }

  /** All ones. */
  get ones(): number {
    return this.#before[this.#before.length - 1];
  }

  get(position: number): boolean {
    return ((this.words[position >>> 5] >>> (position & 31)) & 1) === 1;
  }

  /** Ones before `position`, 0 … length. */
  rank(position: number): number {
    const word = position >>> 5;
    const block = Math.floor(word / WORDS_PER_BLOCK);
    let ones = this.#before[block];
    for (let w = block * WORDS_PER_BLOCK; w < word; w++) ones += popCount(this.words[w]);
    const rest = position & 31;
    return rest === 0 ? ones : ones + popCount(this.words[word] & ((1 << rest) - 1));
  }

  /** Position of the k-th one, k from 0. */
  select(k: number): number {
    return this.#find(k, true);
  }

  /** Position of the k-th zero, k from 0. */
  selectZero(k: number): number {
    return this.#find(k, false);
  }

  #find(k: number, ones: boolean): number {
    const before = this.#before;
    const seen = (block: number): number =>
      ones ? before[block] : Math.min(block * WORDS_PER_BLOCK * 32, this.words.length * 32) - before[block];
    let low = 0;
    let high = before.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (seen(middle) <= k) low = middle;
      else high = middle;
    }
    let left = k - seen(low);
    for (let w = low * WORDS_PER_BLOCK; w < this.words.length; w++) {
      const word = ones ? this.words[w] : ~this.words[w];
      const here = popCount(word);
      if (left < here) return w * 32 + selectInWord(word, left);
      left -= here;
    }
    throw new RangeError(`There is no bit of rank ${k}.`);
  }
}

/** Ones of a 32-bit word, added up in pairs, nibbles and bytes. */
function popCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function selectInWord(word: number, k: number): number {
  let rest = word;
  for (let i = 0; i < k; i++) rest &= rest - 1;
  return 31 - Math.clz32(rest & -rest);
}
