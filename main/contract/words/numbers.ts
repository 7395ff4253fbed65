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

/** A share as percent with three significant digits: '6.20 %'. */
export function formatPercent(fraction: number): string {
  return `${(100 * fraction).toPrecision(3)} %`;
}
