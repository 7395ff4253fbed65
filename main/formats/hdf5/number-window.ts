import type { Hdf5File } from './hdf5-file.ts';

/** A stretch of numbers: element `start` of the dataset is `values[start - base]`. */
export interface NumberStretch {
  values: Float64Array;
  base: number;
}

const usualBlock = 524_288;
const largestBlock = 16_777_216;

/**
 * Reads a long one-dimensional dataset in order through a window of a few MiB. Blocks begin and end where the file's
 * own compressed blocks do, so that each is decompressed once although observations end anywhere.
 */
export class NumberWindow {
  readonly length: number;
  readonly #file: Hdf5File;
  readonly #place: string;
  readonly #expected: string;
  readonly #step: number;
  #values: Float64Array = new Float64Array(0);
  #base = 0;

  constructor(file: Hdf5File, place: string, expected: string) {
    const { shape, chunks } = file.info(place, expected);
    this.length = shape[0] ?? 0;
    this.#file = file;
    this.#place = place;
    this.#expected = expected;
    const stored = chunks?.[0] ?? 1;
    this.#step = stored >= usualBlock ? Math.min(stored, largestBlock) : Math.ceil(usualBlock / stored) * stored;
  }

  /** Numbers that include `[start, stop)`. The array is valid until the next call. */
  read(start: number, stop: number): NumberStretch {
    if (start === stop) return { values: this.#values.subarray(0, 0), base: start };
    const end = this.#base + this.#values.length;
    if (start >= this.#base && stop <= end) return { values: this.#values, base: this.#base };
    const continues = start >= this.#base && start <= end && this.#values.length > 0;
    const from = continues ? end : start - (start % this.#step);
    const to = Math.min(this.length, Math.ceil(stop / this.#step) * this.#step);
    const fresh = this.#file.readNumbers(this.#place, this.#expected, [[from, to]]);
    if (continues && start < end) {
      const kept = this.#values.subarray(start - this.#base);
      const joined = new Float64Array(kept.length + fresh.length);
      joined.set(kept);
      joined.set(fresh, kept.length);
      this.#values = joined;
      this.#base = start;
    } else {
      this.#values = fresh;
      this.#base = from;
    }
    return { values: this.#values, base: this.#base };
  }
}
