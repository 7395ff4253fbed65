import type { Group } from 'h5wasm/node';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { ElementNames } from './element-name.ts';
import { markEncoding, writeArray, writeDict, writeStrings } from './encoding.ts';

/**
 * Writes plain JSON values as nested dictionaries that anndata shows in `uns`. What HDF5 as anndata reads it cannot
 * say is put as near as possible: true and false become 1 and 0, lists of anything but numbers or strings become
 * their JSON text, and null is left out. The caller keeps the exact JSON beside it.
 */
export async function writeDictionary(
  file: Hdf5File,
  parent: Group,
  name: string,
  value: Record<string, unknown>,
  warnings: string[],
): Promise<Group> {
  const group = await writeDict(file, parent, name);
  const names = new ElementNames(warnings);
  for (const [key, entry] of Object.entries(value)) {
    if (entry === null || entry === undefined) continue;
    await writeValue(file, group, names.take(key, 'entry of uns'), entry, warnings);
  }
  return group;
}

async function writeValue(
  file: Hdf5File,
  group: Group,
  name: string,
  value: unknown,
  warnings: string[],
): Promise<void> {
  if (typeof value === 'string') return markEncoding(file, await file.scalar(group, name, value), 'string');
  if (typeof value === 'number') return markEncoding(file, await file.scalar(group, name, value), 'numeric-scalar');
  if (typeof value === 'boolean')
    return markEncoding(file, await file.scalar(group, name, value ? 1 : 0), 'numeric-scalar');
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'number')) {
      const numbers =
        value.every(Number.isSafeInteger) && value.length > 0
          ? BigInt64Array.from(value, BigInt)
          : Float64Array.from(value);
      return writeArray(file, group, name, numbers, [numbers.length]);
    }
    if (value.every((item) => typeof item === 'string')) return writeStrings(file, group, name, value);
    return markEncoding(file, await file.scalar(group, name, JSON.stringify(value)), 'string');
  }
  if (typeof value === 'object' && value !== null) {
    await writeDictionary(file, group, name, value as Record<string, unknown>, warnings);
  }
}
