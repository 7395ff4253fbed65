import type { CategoricalColumn, Column } from '../../dataset/column.ts';
import type { Hdf5File } from './hdf5-file.ts';

/** Categories in order of first appearance become codes; '' is missing. */
export function categoricalOf(name: string, values: readonly string[]): CategoricalColumn {
  const places = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === '') return -1;
    let code = places.get(value);
    if (code === undefined) places.set(value, (code = places.size));
    return code;
  });
  return { kind: 'categorical', name, codes, categories: [...places.keys()], ordered: false };
}

/** Booleans are a column of two categories: 'false' and 'true'. `missing` marks those that are neither. */
export function booleanColumn(name: string, values: ArrayLike<number>, missing?: ArrayLike<number>): CategoricalColumn {
  const codes = Int32Array.from(values, (value, i) => (missing?.[i] ? -1 : value ? 1 : 0));
  return { kind: 'categorical', name, codes, categories: ['false', 'true'], ordered: false };
}

/** A one-dimensional dataset as a column of its own kind; `null` for kinds that are no column (tables, references). */
export function columnOfDataset(file: Hdf5File, place: string, name: string): Column | null {
  const { kind, shape } = file.info(place);
  if (shape.length !== 1) return null;
  switch (kind) {
    case 'string':
      return { kind: 'string', name, values: file.readStrings(place) };
    case 'boolean':
      return booleanColumn(name, file.readNumbers(place));
    case 'integer':
    case 'float':
      return { kind: 'numeric', name, values: file.readNumbers(place) };
    default:
      return null;
  }
}
