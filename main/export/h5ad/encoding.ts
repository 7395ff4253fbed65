import type { Dataset, Group } from 'h5wasm/node';
import type { Hdf5File, Numbers } from '../hdf5/hdf5-file.ts';

/**
 * Kinds of element with the version that anndata 0.8 and later write and read.
 * Source: the on-disk format specification in anndata's documentation.
 */
const VERSIONS = {
  anndata: '0.1.0',
  array: '0.2.0',
  'string-array': '0.2.0',
  string: '0.2.0',
  'numeric-scalar': '0.2.0',
  categorical: '0.2.0',
  dataframe: '0.2.0',
  dict: '0.1.0',
  csr_matrix: '0.1.0',
} as const;

/** Says what an element is, in the two attributes that anndata looks for. */
export async function markEncoding(file: Hdf5File, on: Group | Dataset, type: keyof typeof VERSIONS): Promise<void> {
  await file.attribute(on, 'encoding-type', type);
  await file.attribute(on, 'encoding-version', VERSIONS[type]);
}

export async function writeDict(file: Hdf5File, parent: Group, name: string): Promise<Group> {
  const group = await file.group(parent, name);
  await markEncoding(file, group, 'dict');
  return group;
}

/** @param shape dimensions of `values`, row-major */
export async function writeArray(
  file: Hdf5File,
  parent: Group,
  name: string,
  values: Numbers,
  shape: number[],
): Promise<void> {
  await markEncoding(file, await file.numbers(parent, name, values, { shape }), 'array');
}

export async function writeStrings(
  file: Hdf5File,
  parent: Group,
  name: string,
  values: readonly string[],
): Promise<void> {
  await markEncoding(file, await file.strings(parent, name, values), 'string-array');
}
