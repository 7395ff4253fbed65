/**
 * The shortest decimal that reads back as the same float32: `0.1`, not `0.10000000149011612`. Files get half the size
 * and nothing is lost. Missing values are empty.
 */
export function float32Text(value: number): string {
  if (Number.isInteger(value)) return String(value);
  if (Number.isNaN(value)) return '';
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}

/** A double as it is; missing values are empty. */
export function doubleText(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}
