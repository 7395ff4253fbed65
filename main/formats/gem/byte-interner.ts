const utf8 = new TextDecoder('utf-8');

/**
 * Numbers short byte strings in the order in which they first come, without making strings of those seen before.
 * Names are found by their FNV-1a hash (Fowler, Noll, Vo) in a table with open addressing.
 */
export class ByteInterner {
  /** Every name met, as text, by number. */
  readonly texts: string[] = [];
  /** All names one after the other. */
  #bytes = new Uint8Array(1 << 16);
  /** Where each begins; the end of the last is the end of all. */
  #starts = new Uint32Array(1 << 12);
  /** Number of the name + 1; 0 where the table is free. */
  #slots = new Uint32Array(1 << 13);

  /** The number of the name `bytes[from … to)`; a new one when it was not seen before. */
  number(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const found = this.#slots[slot] - 1;
      if (found < 0) break;
      if (this.#equals(found, bytes, from, to)) return found;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot, bytes, from, to);
  }

  #equals(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[number];
    if (this.#starts[number + 1] - start !== to - from) return false;
    for (let i = from, k = start; i < to; i++, k++) if (bytes[i] !== this.#bytes[k]) return false;
    return true;
  }

  #add(slot: number, bytes: Uint8Array, from: number, to: number): number {
    const number = this.texts.length;
    const start = this.#starts[number];
    const end = start + to - from;
    if (end > this.#bytes.length)
      this.#bytes = grown(this.#bytes, new Uint8Array(Math.max(end, this.#bytes.length * 2)));
    if (number + 2 > this.#starts.length) this.#starts = grown(this.#starts, new Uint32Array(this.#starts.length * 2));
    this.#bytes.set(bytes.subarray(from, to), start);
    this.#starts[number + 1] = end;
    this.texts.push(utf8.decode(bytes.subarray(from, to)));
    this.#slots[slot] = number + 1;
    if (this.texts.length * 2 > this.#slots.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.texts.length; number++) {
      let hash = 0x811c9dc5;
      for (let i = this.#starts[number]; i < this.#starts[number + 1]; i++)
        hash = Math.imul(hash ^ this.#bytes[i], 0x01000193);
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

function grown<T extends Uint8Array | Uint32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
