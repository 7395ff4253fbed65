/** A limit that was dragged to, as a person would type it: whole counts of three figures, tenths of a percent. */
export function roundLimit(value: number, unit: string): number {
  if (unit === '%') return Math.round(value * 10) / 10;
  return value < 1000 ? Math.round(value) : Number(value.toPrecision(3));
}
