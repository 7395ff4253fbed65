import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Column } from '../../dataset/column.ts';
import type { AxisTable } from '../../dataset/dataset-source.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';

/** Names and annotations of both axes. */
export interface Axes {
  obs: AxisTable;
  var: AxisTable;
}

/** Both axes as JSON under zstd. */
export function packAxes(axes: Axes): Uint8Array {
  const plain = (_key: string, value: unknown): unknown =>
    ArrayBuffer.isView(value)
      ? {
          array: value.constructor.name,
          values: Array.from(value as Float64Array, (x) => (Number.isFinite(x) ? x : String(x))),
        }
      : value;
  const text = JSON.stringify({ obs: axes.obs, var: axes.var }, plain);
  return zstdCompressSync(new TextEncoder().encode(text), {
    params: { [constants.ZSTD_c_compressionLevel]: 19 },
  });
}

/** @throws LacunaError `bad-file` */
export function unpackAxes(bytes: Uint8Array, nObs: number, nVar: number): Axes {
  const revive = (_key: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || !('array' in value)) return value;
    const { array, values } = value as { array: string; values: (number | string)[] };
    const numbers = values.map(Number);
    if (array === 'Int32Array') return Int32Array.from(numbers);
    if (array === 'Uint32Array') return Uint32Array.from(numbers);
    if (array === 'Float32Array') return Float32Array.from(numbers);
    return Float64Array.from(numbers);
  };
  try {
    const axes = JSON.parse(new TextDecoder().decode(zstdDecompressSync(bytes)), revive) as Axes;
    const fits = (table: AxisTable, n: number): boolean =>
      table.names.length === n && (table.columns as Column[]).every(({ name }) => typeof name === 'string');
    if (fits(axes.obs, nObs) && fits(axes.var, nVar)) return axes;
  } catch (error) {
    throw new LacunaError('bad-file', 'The names in this file cannot be read.', 'Take another copy.', {}, error);
  }
  throw new LacunaError('bad-file', 'The names in this file do not fit its matrix.', 'Take another copy of the file.');
}
