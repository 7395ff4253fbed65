import type { Hdf5File } from '../hdf5/hdf5-file.ts';

/** A single number in `uns`; null when there is none. */
export function unsNumber(file: Hdf5File, place: string): number | null {
  if (file.kind(place) !== 'dataset') return null;
  const { kind, shape } = file.info(place);
  if ((kind !== 'integer' && kind !== 'float') || shape.length > 1) return null;
  const [value] = file.readNumbers(place);
  return Number.isFinite(value) ? value : null;
}

/** A single text in `uns`; null when there is none. */
export function unsText(file: Hdf5File, place: string): string | null {
  if (file.kind(place) !== 'dataset') return null;
  const { kind, shape } = file.info(place);
  return kind === 'string' && shape.length <= 1 ? (file.readStrings(place)[0] ?? null) : null;
}
