const TOP = 2 ** 24;

/** Reads what `RangeEncoder` wrote. */
export class RangeDecoder {
  readonly #bytes: Uint8Array;
  #next = 0;
  /** How far the stream lies above the current interval's start. */
  #code = 0;
  #range = 0xffffffff;
  #unit = 1;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    for (let i = 0; i < 4; i++) this.#code = this.#code * 256 + this.#byte();
  }

  /** Where in 0 … total − 1 the next symbol lies; `consume` must follow with its interval. */
  target(total: number): number {
    this.#unit = Math.floor(this.#range / total);
    return Math.min(total - 1, Math.floor(this.#code / this.#unit));
  }

  consume(start: number, size: number): void {
    this.#code -= this.#unit * start;
    this.#range = this.#unit * size;
    while (this.#range < TOP) {
      this.#range *= 256;
      this.#code = this.#code * 256 + this.#byte();
    }
  }

  bits(width: number): number {
    if (width === 0) return 0;
    const value = this.target(2 ** width);
    this.consume(value, 1);
    return value;
  }

  #byte(): number {
    return this.#next < this.#bytes.length ? this.#bytes[this.#next++] : 0;
  }
}
