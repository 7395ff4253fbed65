import type { Hdf5Type } from './hdf5-runtime.ts';

/** HDF5's type classes, by their numbers in `H5Tpublic.h`. */
export const Hdf5Class = {
  integer: 0,
  float: 1,
  string: 3,
  bitfield: 4,
  compound: 6,
  reference: 7,
  enum: 8,
  array: 10,
} as const;

/** What a dataset holds, in the words of this application. */
export type ElementKind = 'integer' | 'float' | 'boolean' | 'string' | 'compound' | 'array' | 'other';

/** The kind of `type`. h5py writes booleans as an enumeration of FALSE and TRUE. */
export function elementKind(type: Hdf5Type): ElementKind {
  switch (type.type) {
    case Hdf5Class.integer:
    case Hdf5Class.bitfield:
      return 'integer';
    case Hdf5Class.float:
      return 'float';
    case Hdf5Class.string:
      return 'string';
    case Hdf5Class.compound:
      return 'compound';
    case Hdf5Class.array:
      return 'array';
    case Hdf5Class.enum: {
      const members = type.enum_type?.members ?? {};
      const isBoolean = Object.keys(members).length === 2 && members['FALSE'] === 0 && members['TRUE'] === 1;
      return isBoolean ? 'boolean' : 'integer';
    }
    default:
      return 'other';
  }
}
