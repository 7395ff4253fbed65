import type { ExpressionSource } from '../../preprocess/expression-source.ts';

/** Errors of a reconstruction at the nonzero entries that were muted. */
export class MutedErrors {
  readonly #truth: ExpressionSource;
  readonly #bits: Uint8Array;
  #n = 0;
  #absolute = 0;
  #squared = 0;

  /** @param bits one for each nonzero of `truth.counts`, as `mutedEntries` makes them */
  constructor(truth: ExpressionSource, bits: Uint8Array) {
    this.#truth = truth;
    this.#bits = bits;
  }

  /** @param measured [nVar] and `predicted` [nVar] of the observation `row` */
  add(row: number, measured: Float32Array, predicted: Float32Array): void {
    const { indptr, indices } = this.#truth.counts;
    for (let k = indptr[row]; k < indptr[row + 1]; k++) {
      if (((this.#bits[k >> 3] >> (k & 7)) & 1) === 0) continue;
      const difference = measured[indices[k]] - predicted[indices[k]];
      this.#n++;
      this.#absolute += Math.abs(difference);
      this.#squared += difference * difference;
    }
  }

  figures(): { mae: number; mse: number } {
    return { mae: this.#absolute / this.#n, mse: this.#squared / this.#n };
  }
}
