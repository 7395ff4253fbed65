import type { Column } from '../../dataset/column.ts';
import { doubleText, float32Text } from '../number-text.ts';

/** A block of numbers aligned to the observations: a latent, an embedding. */
export interface ObsArray {
  /** Fields are called `name_1`, `name_2` … */
  name: string;
  nDim: number;
  /** [nObs, nDim], row-major */
  values: Float32Array | Float64Array;
}

/** One field of a table of observations. */
export interface ObsField {
  name: string;
  /** As it stands in a text table; '' where missing. */
  text(row: number): string;
  /** As JSON text; `null` where missing. */
  json(row: number): string;
}

/** The fields of a table of observations: barcode, annotations, then the dimensions of arrays. */
export function obsFields(
  barcodes: readonly string[],
  columns: readonly Column[],
  arrays: readonly ObsArray[],
): ObsField[] {
  const barcode: ObsField = {
    name: 'barcode',
    text: (row) => barcodes[row],
    json: (row) => JSON.stringify(barcodes[row]),
  };
  return [barcode, ...columns.map(columnField), ...arrays.flatMap(arrayFields)];
}

function columnField(column: Column): ObsField {
  if (column.kind === 'numeric') return numberField(column.name, (row) => column.values[row], doubleText);
  const word = (row: number): string =>
    column.kind === 'string' ? column.values[row] : column.codes[row] < 0 ? '' : column.categories[column.codes[row]];
  return {
    name: column.name,
    text: word,
    json: (row) => (word(row) === '' ? 'null' : JSON.stringify(word(row))),
  };
}

function arrayFields(array: ObsArray): ObsField[] {
  const text = array.values instanceof Float32Array ? float32Text : doubleText;
  return Array.from({ length: array.nDim }, (_, dim) =>
    numberField(`${array.name}_${dim + 1}`, (row) => array.values[row * array.nDim + dim], text),
  );
}

function numberField(name: string, value: (row: number) => number, text: (value: number) => string): ObsField {
  return {
    name,
    text: (row) => text(value(row)),
    json: (row) => (Number.isFinite(value(row)) ? text(value(row)) : 'null'),
  };
}
