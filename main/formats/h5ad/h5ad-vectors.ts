import type { CategoricalColumn, Column } from '../../dataset/column.ts';
import { booleanColumn, columnOfDataset } from '../hdf5/column-of-dataset.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';

/** A one-dimensional thing as text: strings, numbers, booleans, categories or nullable strings. */
export function textVector(file: Hdf5File, place: string, expected: string): string[] {
  if (file.kind(place) === 'group') {
    const column = columnAt(file, place, place);
    if (column?.kind === 'categorical')
      return Array.from(column.codes, (code) => (code < 0 ? '' : column.categories[code]));
    if (column?.kind === 'string') return column.values;
    if (column?.kind === 'numeric') return Array.from(column.values, numberText);
    throw file.missing(place, expected);
  }
  const { kind } = file.info(place, expected);
  if (kind === 'string') return file.readStrings(place, expected);
  const numbers = file.readNumbers(place, expected);
  return Array.from(numbers, kind === 'boolean' ? (value) => (value ? 'True' : 'False') : numberText);
}

/**
 * A column of obs or var as anndata writes it since 0.7: a dataset, or a group for categories (`codes`, `categories`)
 * and nullable kinds (`values`, `mask`). `null` for kinds that are no column.
 *
 * Source: anndata documentation, "On-disk format", encoding types and versions.
 */
export function columnAt(file: Hdf5File, place: string, name: string): Column | null {
  if (file.kind(place) === 'dataset') return columnOfDataset(file, place, name);
  const keys = file.keys(place);
  if (keys.includes('codes') && keys.includes('categories')) {
    return categoricalColumn(
      file,
      name,
      `${place}/codes`,
      `${place}/categories`,
      file.attribute(place, 'ordered') === true,
    );
  }
  if (keys.includes('values') && keys.includes('mask')) {
    const mask = file.readNumbers(`${place}/mask`, 'the marks of missing values');
    const { kind } = file.info(`${place}/values`);
    if (kind === 'boolean') return booleanColumn(name, file.readNumbers(`${place}/values`), mask);
    if (kind === 'string') {
      const values = file.readStrings(`${place}/values`);
      return { kind: 'string', name, values: values.map((value, i) => (mask[i] ? '' : value)) };
    }
    const values = file.readNumbers(`${place}/values`);
    return { kind: 'numeric', name, values: values.map((value, i) => (mask[i] ? NaN : value)) };
  }
  return null;
}

/** Codes and categories that lie in two places. Categories that are numbers or booleans become text. */
export function categoricalColumn(
  file: Hdf5File,
  name: string,
  codesPlace: string,
  categoriesPlace: string,
  ordered: boolean,
): CategoricalColumn {
  const categories = textVector(file, categoriesPlace, 'the categories');
  const codes = Int32Array.from(file.readNumbers(codesPlace, 'the codes of the categories'), (code) =>
    code >= 0 && code < categories.length ? code : -1,
  );
  return { kind: 'categorical', name, codes, categories, ordered };
}

/** Whole numbers without a decimal point, as identifiers need them. */
function numberText(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}
