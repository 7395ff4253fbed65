import type { ValueKind } from '../../dataset/dataset-source.ts';

/** Looks at values to tell what they are: counts, other non-negative numbers, or any real numbers. */
export class ValueSurvey {
  /** Values looked at. */
  seen = 0;
  zeros = 0;
  negative = 0;
  fractional = 0;
  largest = 0;

  /** Adds `values[from … to)`. @returns the place of the first NaN or infinite value, or -1 */
  add(values: Float64Array, from = 0, to = values.length): number {
    let { zeros, negative, fractional, largest } = this;
    for (let i = from; i < to; i++) {
      const value = values[i];
      if (value === 0) zeros++;
      else if (value - value !== 0) return i;
      else {
        if (value < 0) negative++;
        if (Math.floor(value) !== value) fractional++;
        if (value > largest) largest = value;
      }
    }
    Object.assign(this, { zeros, negative, fractional, largest });
    this.seen += to - from;
    return -1;
  }

  /** Of `nnz` entries of a matrix, how many were looked at; `wanted` is how many values there were to look at. */
  sampled(nnz: number, wanted: number): number {
    return this.seen >= wanted ? nnz : Math.min(nnz, this.seen - this.zeros);
  }

  kind(): ValueKind {
    if (this.negative > 0) return 'real';
    return this.fractional > 0 ? 'nonnegative' : 'counts';
  }

  /** A sentence about values that are not counts or not exact, or `null` when there is nothing to say. */
  warning(matrix: string): string | null {
    const share = (n: number) => {
      const percent = (100 * n) / Math.max(1, this.seen - this.zeros);
      return `${percent >= 10 ? percent.toFixed(0) : percent.toPrecision(2)} %`;
    };
    if (this.negative > 0)
      return `${matrix} has negative values (${share(this.negative)} of those looked at): they are no counts, probably scaled.`;
    if (this.fractional > 0)
      return `${matrix} has fractions (${share(this.fractional)} of the values looked at): they are no raw counts, probably normalised.`;
    if (this.largest > 2 ** 24) return `${matrix} has counts above 16,777,216, which are kept to seven digits only.`;
    return null;
  }
}
