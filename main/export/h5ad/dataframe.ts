import type { Group } from 'h5wasm/node';
import type { CategoricalColumn, Column } from '../../dataset/column.ts';
import type { AxisTable } from '../../dataset/dataset-source.ts';
import type { Hdf5File, Numbers } from '../hdf5/hdf5-file.ts';
import { ElementNames } from './element-name.ts';
import { markEncoding, writeArray, writeStrings } from './encoding.ts';

/**
 * Writes `obs` or `var`: the names as the index, numeric columns as int64 when all values are whole and float64
 * otherwise (NaN where missing), categorical ones as codes with categories (-1 where missing), strings as UTF-8.
 */
export async function writeDataframe(
  file: Hdf5File,
  parent: Group,
  name: 'obs' | 'var',
  table: AxisTable,
  warnings: string[],
): Promise<void> {
  const group = await file.group(parent, name);
  await markEncoding(file, group, 'dataframe');
  await file.attribute(group, '_index', '_index');
  await writeStrings(file, group, '_index', table.names);
  const names = new ElementNames(warnings, ['_index']);
  const order: string[] = [];
  for (const column of table.columns) {
    const element = names.take(column.name, `column of ${name}`);
    order.push(element);
    await writeColumn(file, group, element, column);
  }
  await file.attribute(group, 'column-order', order);
}

async function writeColumn(file: Hdf5File, group: Group, name: string, column: Column): Promise<void> {
  switch (column.kind) {
    case 'numeric': {
      const whole = column.values.every(Number.isSafeInteger);
      const values = whole ? BigInt64Array.from(column.values, BigInt) : column.values;
      return writeArray(file, group, name, values, [values.length]);
    }
    case 'string':
      return writeStrings(file, group, name, column.values);
    case 'categorical':
      return writeCategorical(file, group, name, column);
  }
}

async function writeCategorical(file: Hdf5File, parent: Group, name: string, column: CategoricalColumn): Promise<void> {
  const group = await file.group(parent, name);
  await markEncoding(file, group, 'categorical');
  await file.flag(group, 'ordered', column.ordered);
  await writeStrings(file, group, 'categories', column.categories);
  await writeArray(file, group, 'codes', smallestCodes(column), [column.codes.length]);
}

/** pandas holds codes in the smallest integer type that fits; so does the file. */
function smallestCodes(column: CategoricalColumn): Numbers {
  if (column.categories.length <= 127) return Int8Array.from(column.codes);
  if (column.categories.length <= 32767) return Int16Array.from(column.codes);
  return column.codes;
}
