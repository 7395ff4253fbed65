import { File, ready } from 'h5wasm/node';
import type { Dataset, Group } from 'h5wasm/node';

/** A dataset to write: numbers or text, with a type as NumPy spells it (`<i4`, `<f8`, `S8`). */
export interface DatasetSpec {
  data: number[] | string[] | bigint[];
  dtype?: string;
  shape?: number[];
  chunks?: number[];
  gzip?: boolean;
  attrs?: Record<string, AttributeValue>;
}

type AttributeValue = string | number | string[] | number[] | { boolean: boolean };

/** A table of records to write: columns by name, types as h5wasm spells them. */
export interface TableSpec {
  columns: Map<string, number[] | string[]>;
  types: [name: string, type: string][];
  attrs?: Record<string, AttributeValue>;
}

/** A group to write: datasets and groups by name. */
export interface GroupSpec {
  attrs?: Record<string, AttributeValue>;
  children: Record<string, Hdf5Spec>;
}

export type Hdf5Spec = DatasetSpec | TableSpec | GroupSpec;

/** Writes a small HDF5 file for a test. */
export async function writeHdf5(path: string, spec: GroupSpec): Promise<void> {
  await ready;
  const file = new File(path, 'w');
  try {
    fill(file, spec);
  } finally {
    file.close();
  }
}

function fill(group: Group, spec: GroupSpec): void {
  writeAttributes(group, spec.attrs);
  for (const [name, child] of Object.entries(spec.children)) {
    if ('children' in child) fill(group.create_group(name), child);
    else if ('columns' in child)
      writeAttributes(group.create_dataset({ name, data: child.columns, dtype: child.types }), child.attrs);
    else writeAttributes(writeDataset(group, name, child), child.attrs);
  }
}

function writeDataset(group: Group, name: string, spec: DatasetSpec): Dataset {
  const { data, shape = [data.length], chunks, gzip } = spec;
  const isText = typeof data[0] === 'string';
  const dtype = spec.dtype ?? (isText ? 'S32' : '<i4');
  // An empty dataset in blocks is not allowed.
  const compression = gzip && data.length > 0 ? { chunks: chunks ?? shape, compression: 4 } : chunks ? { chunks } : {};
  return group.create_dataset({
    name,
    data: typed(data, dtype) as never,
    shape,
    dtype: h5wasmType[dtype] ?? dtype,
    ...compression,
  });
}

/** h5wasm spells sizes by letter. */
const h5wasmType: Record<string, string> = {
  '<i8': '<q',
  '<f8': '<d',
  '<f4': '<f',
  '<i4': '<i',
  '<i1': '<b',
  '<u1': '<B',
};

function typed(data: DatasetSpec['data'], dtype: string): unknown {
  switch (dtype) {
    case '<i8':
      return BigInt64Array.from(data as (number | bigint)[], (value) => BigInt(value));
    case '<f8':
      return Float64Array.from(data as number[]);
    case '<f4':
      return Float32Array.from(data as number[]);
    case '<i4':
      return Int32Array.from(data as number[]);
    case '<u1':
      return Uint8Array.from(data as number[]);
    case '<i1':
      return Int8Array.from(data as number[]);
    default:
      return data;
  }
}

function writeAttributes(target: Group | Dataset, attrs: Record<string, AttributeValue> = {}): void {
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === 'string') target.create_attribute(name, value);
    else if (typeof value === 'number') target.create_attribute(name, value, [], '<i');
    else if (!Array.isArray(value)) target.create_attribute(name, value.boolean ? 1 : 0, [], '<b');
    else if (typeof value[0] === 'string') target.create_attribute(name, value as string[]);
    else target.create_attribute(name, BigInt64Array.from(value as number[], BigInt), [value.length], '<q');
  }
}
