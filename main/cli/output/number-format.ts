import { formatCount } from '../../contract/words/numbers.ts';

export { formatBytes, formatCount, formatPercent } from '../../contract/words/numbers.ts';

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
