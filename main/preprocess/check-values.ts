import type { ValueKind } from '../dataset/dataset-source.ts';
import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import type { Pacer } from './pacer.ts';

/** What the values of a matrix really are: every entry is looked at. @throws LacunaError `bad-file` for NaN, infinity */
export async function checkValues(matrix: CsrMatrix, pacer: Pacer): Promise<ValueKind> {
  let integers = true;
  let negative = false;
  for (let i = 0; i < matrix.nObs; i++) {
    for (let k = matrix.indptr[i]; k < matrix.indptr[i + 1]; k++) {
      const value = matrix.values[k];
      if (value < 0) negative = true;
      if (value !== Math.floor(value) || value === Infinity || value === -Infinity) {
        if (!Number.isFinite(value))
          throw new LacunaError(
            'bad-file',
            `The value of cell ${i + 1}, gene ${matrix.indices[k] + 1} is ${value}; expected a finite number.`,
            'Remove or correct such values, then import the file again.',
          );
        integers = false;
      }
    }
    if (pacer.due()) await pacer.pause(i / matrix.nObs);
  }
  if (negative) return 'real';
  return integers ? 'counts' : 'nonnegative';
}
