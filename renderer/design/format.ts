const grouped = new Intl.NumberFormat('en-US');

/** 13714 → '13,714' */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** Three significant digits with the unit that suits: '4.20 MB'. */
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

/** 'less than a second', '41 s', '3 min', '2 h 10 min'. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return 'less than a second';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Three significant digits. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1000) return grouped.format(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** '6.20 %' */
export function formatPercent(fraction: number): string {
  return `${(100 * fraction).toPrecision(3)} %`;
}
