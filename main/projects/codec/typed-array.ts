/** Element types that the project file stores, with their names in it. */
export type StoredArray = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;
export type Dtype = 'u8' | 'i32' | 'u32' | 'f32' | 'f64';

export const elementBytes: Record<Dtype, number> = { u8: 1, i32: 4, u32: 4, f32: 4, f64: 8 };

export function dtypeOf(array: StoredArray): Dtype {
  if (array instanceof Uint8Array) return 'u8';
  if (array instanceof Int32Array) return 'i32';
  if (array instanceof Uint32Array) return 'u32';
  return array instanceof Float32Array ? 'f32' : 'f64';
}

/** An array of zeros. */
export function newArray(dtype: Dtype, length: number): StoredArray {
  switch (dtype) {
    case 'u8':
      return new Uint8Array(length);
    case 'i32':
      return new Int32Array(length);
    case 'u32':
      return new Uint32Array(length);
    case 'f32':
      return new Float32Array(length);
    case 'f64':
      return new Float64Array(length);
  }
}

/** The bytes of an array, without a copy. Every platform that Lacuna runs on is little-endian. */
export function bytesOf(array: StoredArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
