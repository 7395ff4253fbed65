import { LacunaError } from '../../errors/lacuna-error.ts';

const missing = new Set(['', 'na', 'n/a', 'nan', 'null', '<na>', '#n/a', 'none', '-']);

/** A field as a number; NaN when it says that the value is missing; `null` when it is no number. */
export function plainNumber(text: string): number | null {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text);
  if (missing.has(text.toLowerCase())) return NaN;
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return null;
}

/** True for '0,25' and '1.234,5': numbers as they are written with a decimal comma. */
export function hasDecimalComma(text: string): boolean {
  return /^[+-]?\d[\d.']*,\d+$/.test(text);
}

/** Where a field stands. */
export interface FieldPlace {
  file: string;
  line: number;
  column: string;
}

/** The error for a field that should be a number: what stands there, where, and what to do. */
export function fieldError(text: string, place: FieldPlace, isLastField: boolean, mayBeZero = true): LacunaError {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const where = `${place.file}, line ${place.line.toLocaleString('en-US')}, column ${place.column}`;
  const error = (what: string, remedy: string) =>
    new LacunaError('bad-file', `${where}: ${what}.`, remedy, { ...place, content: shown });
  if (Number.isNaN(plainNumber(text))) {
    return error(
      text === '' ? 'the field is empty, where a number was expected' : `"${shown}" stands for a missing value`,
      mayBeZero
        ? "If it means that nothing was counted, import with 'missing values are zeros' (missing=zero); else leave this row out of the table."
        : 'Write a number there, or leave this row out of the table.',
    );
  }
  if (hasDecimalComma(text)) {
    return error(
      `"${shown}" has a comma, where a number with a decimal point was expected`,
      'Save the table with decimal points and without thousands separators: in Excel under File, Options, Advanced; in R with write.csv instead of write.csv2.',
    );
  }
  return error(
    `"${shown}" is no number`,
    isLastField
      ? 'If this column holds annotations, say so; else the file was cut off or damaged there: copy it again.'
      : 'If this column holds annotations, say so, or check which rows and columns are genes; else mend the table.',
  );
}
