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

  kind(): ValueKind {
    if (this.negative > 0) return 'real';
    return this.fractional > 0 ? 'nonnegative' : 'counts';
  }

  /** A sentence about values that are not counts or not exact, or `null` when there is nothing to say. */
  warning(matrix: string): string | null {
    const share = (n: number) => `${((100 * n) / Math.max(1, this.seen - this.zeros)).toPrecision(2)} %`;
    if (this.negative > 0)
      return `${matrix} has negative values (${share(this.negative)} of those looked at): they are no counts, probably scaled.`;
    if (this.fractional > 0)
      return `${matrix} has fractions (${share(this.fractional)} of the values looked at): they are no raw counts, probably normalised.`;
    if (this.largest > 2 ** 24) return `${matrix} has counts above 16,777,216, which are kept to seven digits only.`;
    return null;
  }
}
