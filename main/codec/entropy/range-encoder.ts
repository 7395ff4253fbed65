const TOP = 2 ** 24;
const CARRY = 2 ** 32;

/**
 * Range coder (Martin, "Range encoding: an algorithm for removing redundancy from a digitised message", 1979), with a range of
 * 32 bits, whole bytes, and carries handed up through the bytes that still wait. All arithmetic is on whole numbers below
 * 2⁵³, so that every machine writes the same bytes.
 */
export class RangeEncoder {
  #bytes = new Uint8Array(1024);
  #length = 0;
  #low = 0;
  #range = 0xffffffff;
  /** The byte that a carry may still reach, −1 at first, and how many 255s wait behind it. */
  #held = -1;
  #waiting = 0;

  /** Writes what has `[start, start + size)` of `total`; total ≤ 2¹⁶ and size ≥ 1. */
  encode(start: number, size: number, total: number): void {
    const unit = Math.floor(this.#range / total);
    this.#low += unit * start;
    this.#range = unit * size;
    while (this.#range < TOP) {
      this.#range *= 256;
      this.#shift();
    }
  }

  /** Writes `width` (≤ 16) bits as they are. */
  bits(value: number, width: number): void {
    if (width > 0) this.encode(value, 1, 2 ** width);
  }

  /** Ends the stream. */
  finish(): Uint8Array {
    for (let i = 0; i < 5; i++) this.#shift();
    // The decoder reads zeros beyond the end.
    let length = this.#length;
    while (length > 0 && this.#bytes[length - 1] === 0) length--;
    return this.#bytes.slice(0, length);
  }

  #shift(): void {
    if (this.#low < 0xff000000 || this.#low >= CARRY) {
      const carry = this.#low >= CARRY ? 1 : 0;
      if (this.#held >= 0) this.#push(this.#held + carry);
      for (; this.#waiting > 0; this.#waiting--) this.#push(255 + carry);
      this.#held = Math.floor(this.#low / TOP) & 255;
    } else this.#waiting++;
    this.#low = (this.#low % TOP) * 256;
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}
