import type { Hdf5Library, Hdf5Type } from './hdf5-runtime.ts';
import { Hdf5Class } from './hdf5-class.ts';

/** Where elements lie in the library's memory: the first byte, the distance from one to the next, how many. */
export interface ElementRun {
  pointer: number;
  stride: number;
  length: number;
}

/**
 * Numbers, booleans and enumerations as doubles. 64-bit integers beyond 2^53 lose their last digits.
 * @returns `[length]`
 */
export function decodeNumbers(library: Hdf5Library, type: Hdf5Type, run: ElementRun): Float64Array {
  const base = type.type === Hdf5Class.enum ? (type.enum_type?.type ?? Hdf5Class.integer) : type.type;
  const isFloat = base === Hdf5Class.float;
  if (run.stride === type.size && run.pointer % 8 === 0) return decodeDense(library, isFloat, type, run);
  const view = new DataView(library.HEAPU8.buffer);
  const read = elementGetter(view, isFloat, type);
  const values = new Float64Array(run.length);
  for (let i = 0; i < run.length; i++) values[i] = read(run.pointer + i * run.stride);
  return values;
}

function decodeDense(library: Hdf5Library, isFloat: boolean, type: Hdf5Type, run: ElementRun): Float64Array {
  const { buffer } = library.HEAPU8;
  const { pointer, length } = run;
  if (isFloat && type.size === 8) return new Float64Array(buffer, pointer, length).slice();
  if (isFloat && type.size === 4) return new Float64Array(new Float32Array(buffer, pointer, length));
  if (!isFloat && type.size <= 4) {
    const signed = { 1: Int8Array, 2: Int16Array, 4: Int32Array }[type.size as 1 | 2 | 4];
    const unsigned = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[type.size as 1 | 2 | 4];
    const ArrayType = type.signed ? signed : unsigned;
    return new Float64Array(new ArrayType(buffer as ArrayBuffer, pointer, length));
  }
  if (!isFloat && type.size === 8) {
    // Two halves are far faster than BigInt.
    const low = new Uint32Array(buffer, pointer, length * 2);
    const high = type.signed ? new Int32Array(buffer, pointer, length * 2) : low;
    const values = new Float64Array(length);
    for (let i = 0; i < length; i++) values[i] = high[2 * i + 1] * 4294967296 + low[2 * i];
    return values;
  }
  const read = elementGetter(new DataView(buffer), isFloat, type);
  return Float64Array.from({ length }, (_, i) => read(pointer + i * type.size));
}

function elementGetter(view: DataView, isFloat: boolean, type: Hdf5Type): (at: number) => number {
  if (isFloat) {
    if (type.size === 8) return (at) => view.getFloat64(at, true);
    if (type.size === 4) return (at) => view.getFloat32(at, true);
    if (type.size === 2) return (at) => halfToNumber(view.getUint16(at, true));
  } else {
    switch (type.size) {
      case 1:
        return type.signed ? (at) => view.getInt8(at) : (at) => view.getUint8(at);
      case 2:
        return type.signed ? (at) => view.getInt16(at, true) : (at) => view.getUint16(at, true);
      case 4:
        return type.signed ? (at) => view.getInt32(at, true) : (at) => view.getUint32(at, true);
      case 8:
        return type.signed ? (at) => Number(view.getBigInt64(at, true)) : (at) => Number(view.getBigUint64(at, true));
    }
  }
  throw new RangeError(`a ${isFloat ? 'float' : 'integer'} of ${type.size} bytes`);
}

/** IEEE 754 half precision: 1 sign, 5 exponent, 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const utf8 = new TextDecoder('utf-8');

/**
 * Strings of fixed or variable length, without the padding. Bytes are taken as UTF-8: ASCII is part of it, and many
 * writers mark UTF-8 as ASCII.
 * @returns `[length]`
 */
export function decodeStrings(library: Hdf5Library, type: Hdf5Type, run: ElementRun): string[] {
  const heap = library.HEAPU8;
  const strings = new Array<string>(run.length);
  const view = new DataView(heap.buffer);
  for (let i = 0; i < run.length; i++) {
    const at = run.pointer + i * run.stride;
    if (type.vlen) {
      const pointer = view.getUint32(at, true);
      strings[i] = pointer === 0 ? '' : library.UTF8ToString(pointer);
      continue;
    }
    let end = at;
    while (end < at + type.size && heap[end] !== 0) end++;
    while (end > at && heap[end - 1] === 32) end--; // Fortran-style padding with spaces
    strings[i] = utf8.decode(heap.subarray(at, end));
  }
  return strings;
}
