import type { Column } from '../../../dataset/column.ts';
import type { AxisTable } from '../../../dataset/dataset-source.ts';

/** The entries of an axis at `index`, in its order: names and every column. */
export function takeAxis(axis: AxisTable, index: Uint32Array): AxisTable {
  return { names: takeList(axis.names, index), columns: axis.columns.map((column) => takeColumn(column, index)) };
}

function takeColumn(column: Column, index: Uint32Array): Column {
  switch (column.kind) {
    case 'numeric':
      return { ...column, values: Float64Array.from(index, (at) => column.values[at]) };
    case 'categorical':
      return { ...column, codes: Int32Array.from(index, (at) => column.codes[at]) };
    case 'string':
      return { ...column, values: takeList(column.values, index) };
  }
}

function takeList(list: readonly string[], index: Uint32Array): string[] {
  return Array.from(index, (at) => list[at]);
}

/** The same for an array aligned to the axis: [n, nDim] to [index.length, nDim]. */
export function takeRows<A extends Float32Array | Float64Array>(values: A, nDim: number, index: Uint32Array): A {
  const taken = new (values.constructor as new (length: number) => A)(index.length * nDim);
  index.forEach((at, row) => taken.set(values.subarray(at * nDim, (at + 1) * nDim) as never, row * nDim));
  return taken;
}
