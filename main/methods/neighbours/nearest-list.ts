/** The k nearest candidates seen so far; ties go to the lower position. */
export class NearestList {
  readonly #positions: Int32Array;
  readonly #distances: Float64Array;
  #size = 0;

  constructor(k: number) {
    this.#positions = new Int32Array(k);
    this.#distances = new Float64Array(k);
  }

  clear(): void {
    this.#size = 0;
  }

  isFull(): boolean {
    return this.#size === this.#positions.length;
  }

  /** The largest distance kept; what is farther need not be offered once the list is full. */
  worst(): number {
    return this.#distances[this.#size - 1];
  }

  offer(position: number, distance: number): void {
    const full = this.isFull();
    let at = full ? this.#size - 1 : this.#size;
    if (full && !isNearer(distance, position, this.#distances[at], this.#positions[at])) return;
    for (; at > 0 && isNearer(distance, position, this.#distances[at - 1], this.#positions[at - 1]); at--) {
      this.#distances[at] = this.#distances[at - 1];
      this.#positions[at] = this.#positions[at - 1];
    }
    this.#distances[at] = distance;
    this.#positions[at] = position;
    if (!full) this.#size++;
  }

  /** Positions, nearest first. */
  sorted(): Int32Array {
    return this.#positions.subarray(0, this.#size);
  }
}

function isNearer(distance: number, position: number, otherDistance: number, otherPosition: number): boolean {
  return distance < otherDistance || (distance === otherDistance && position < otherPosition);
}
