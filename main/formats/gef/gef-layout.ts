import type { Hdf5File } from '../hdf5/hdf5-file.ts';

/** What kinds of matrices a .gef file holds. */
export interface GefLayout {
  /** Sizes of the square bins under `geneExp`, ascending; empty when there are none. */
  binSizes: number[];
  /** True when there are segmented cells under `cellBin`. */
  hasCells: boolean;
  /** Version of the schema: attribute `version` of the file. */
  version: string;
}

/** @returns `null` when the file is no .gef */
export function gefLayout(file: Hdf5File): GefLayout | null {
  const keys = file.keys('/');
  const binSizes = file
    .keys('geneExp')
    .map((key) => /^bin([1-9]\d*)$/.exec(key)?.[1])
    .filter((size) => size !== undefined)
    .map(Number)
    .filter((size) => file.kind(`geneExp/bin${size}/expression`) === 'dataset')
    .sort((a, b) => a - b);
  const hasCells = file.kind('cellBin/cell') === 'dataset';
  if (!keys.includes('geneExp') && !keys.includes('cellBin')) return null;
  const version = attributeNumber(file, '/', 'version');
  return { binSizes, hasCells, version: version === null ? '' : String(version) };
}

/** The first value of a numeric attribute; `null` when there is none. */
export function attributeNumber(file: Hdf5File, place: string, name: string): number | null {
  const value = file.attribute(place, name);
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'number' ? first : null;
}
