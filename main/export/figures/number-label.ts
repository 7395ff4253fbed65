/** A number for people: three significant digits, thousands separators, powers of ten only where digits get long. */
export function numberLabel(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e9)) return value.toExponential(2).replace('-', '−');
  const rounded = Number(value.toPrecision(3));
  const shown = Number.isInteger(value) && size < 1e9 ? value : rounded;
  return shown.toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '−');
}
