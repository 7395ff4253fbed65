import type { CsrMatrix } from '../../dataset/csr-matrix.ts';

/** Counts below this are looked up: four in five nonzeros of a droplet experiment are smaller. */
const TABLE_SIZE = 32;

/**
 * The part of a recipe that works cell by cell: x = count · factor, then log(1 + x) where asked for. Zero stays zero.
 */
export class CellTransform {
  readonly counts: CsrMatrix;
  /** [nObs], what one count of the cell is worth: target / library size. */
  readonly factor: Float64Array;
  readonly log1p: boolean;
  #integers: boolean;
  #table = new Float64Array(TABLE_SIZE);

  /** @param integers true when every value is a non-negative integer; then small ones are looked up */
  constructor(counts: CsrMatrix, factor: Float64Array, log1p: boolean, integers: boolean) {
    this.counts = counts;
    this.factor = factor;
    this.log1p = log1p;
    this.#integers = integers;
  }

  /** Largest number of entries of one cell: the size of the buffer that `write` needs. */
  get widest(): number {
    const { indptr, nObs } = this.counts;
    let widest = 0;
    for (let i = 0; i < nObs; i++) widest = Math.max(widest, indptr[i + 1] - indptr[i]);
    return widest;
  }

  /** Writes the values of the entries of `row` into `out` in their stored order, and tells how many there are. */
  write(row: number, out: Float64Array): number {
    const { indptr, values } = this.counts;
    const start = indptr[row];
    const n = indptr[row + 1] - start;
    const factor = this.factor[row];
    if (!this.log1p) {
      for (let k = 0; k < n; k++) out[k] = values[start + k] * factor;
    } else if (this.#integers && n > TABLE_SIZE) {
      const table = this.#table;
      for (let c = 1; c < TABLE_SIZE; c++) table[c] = Math.log1p(c * factor);
      for (let k = 0; k < n; k++) {
        const count = values[start + k];
        out[k] = count < TABLE_SIZE ? table[count] : Math.log1p(count * factor);
      }
    } else {
      for (let k = 0; k < n; k++) out[k] = Math.log1p(values[start + k] * factor);
    }
    return n;
  }
}
