const grouped = new Intl.NumberFormat('en-US');

/** 13714 → '13,714' */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** Three significant digits with the unit that suits: '4.2 MB'. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${formatCount(bytes)} bytes` : `${value.toPrecision(3)} ${units[unit]}`;
}

/** '0.42 s', '41 s', '3 min 5 s', '2 h 10 min'. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Four significant digits for losses and scores. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 10_000 ? formatCount(Math.round(value)) : String(Number(value.toPrecision(4)));
}

/** A share as percent with three significant digits: '6.20 %'. */
export function formatPercent(fraction: number): string {
  return `${(100 * fraction).toPrecision(3)} %`;
}
