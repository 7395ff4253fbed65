import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ValueKind } from '../../dataset/dataset-source.ts';

/** The error for a value that a matrix must not hold, with its place: file, cell and gene. */
export function valueError(
  file: string,
  obsName: string,
  varName: string,
  value: number,
  declared: ValueKind,
): LacunaError {
  const details = { file, cell: obsName, gene: varName, value: String(value) };
  const place = `cell ${obsName}, gene ${varName} of ${file}`;
  if (!Number.isFinite(Math.fround(value))) {
    const found = Number.isNaN(value)
      ? 'is not a number (NaN)'
      : Number.isFinite(value)
        ? 'is too large'
        : 'is infinite';
    return new LacunaError(
      'bad-file',
      `A value ${found}: ${place}. Every value must be a finite number.`,
      'Remove or replace such values in the program that wrote the file, then import it again.',
      details,
    );
  }
  const expected = declared === 'counts' ? 'whole counts, as the values looked at before are' : 'no negative values';
  return new LacunaError(
    'bad-file',
    `A value of ${value} stands at ${place}, where ${expected} were expected.`,
    'If the values are not meant to be raw counts, import with values=real.',
    details,
  );
}
