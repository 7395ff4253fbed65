import { encode } from 'fast-png';
import type { Hdf5File } from '../../hdf5/hdf5-file.ts';

/** Larger pictures stay in the file: nothing could show them whole. */
const mostPixels = 120_000_000;
/** Values of the picture that are in memory at a time as the file has them. */
const slabValues = 4_000_000;

/** A picture in `uns` as a PNG. */
export interface UnsImage {
  width: number;
  height: number;
  /** Empty when it was only asked for its size. */
  bytes: Uint8Array;
}

/**
 * A picture as scanpy and squidpy keep it: an array of [height, width] or [height, width, channels], whole numbers from
 * 0 to 255 or fractions from 0 to 1.
 *
 * @param sizeOnly leaves the pixels in the file
 * @returns a sentence's end that says why not, when it is no picture
 */
export function readUnsImage(file: Hdf5File, place: string, sizeOnly: boolean): UnsImage | string {
  if (file.kind(place) !== 'dataset') return 'it is no array';
  const { kind, shape } = file.info(place);
  if (kind !== 'integer' && kind !== 'float') return 'it does not hold numbers';
  const [height, width, channels = 1] = shape;
  if (shape.length < 2 || shape.length > 3 || ![1, 3, 4].includes(channels) || height * width === 0)
    return `its shape is ${shape.join(' × ')}, where height × width × 3 or 4 colours were expected`;
  if (height * width > mostPixels)
    return `it has ${width.toLocaleString('en-US')} × ${height.toLocaleString('en-US')} pixels`;
  if (sizeOnly) return { width, height, bytes: new Uint8Array(0) };
  const data = readPixels(file, place, height, width * channels, kind === 'float');
  return { width, height, bytes: encode({ width, height, channels, depth: 8, data }, { zlib: { level: 3 } }) };
}

/** [height, width · channels], 0 to 255 */
function readPixels(file: Hdf5File, place: string, height: number, perRow: number, isFloat: boolean): Uint8Array {
  const rows = Math.max(1, Math.floor(slabValues / perRow));
  const slabs = function* () {
    for (let from = 0; from < height; from += rows)
      yield { from, values: file.readNumbers(place, 'a picture', [[from, Math.min(height, from + rows)]]) };
  };
  let largest = 0;
  for (const { values } of slabs()) for (const value of values) if (value > largest) largest = value;
  const factor = largest > 255 ? 255 / largest : isFloat && largest <= 1 ? 255 : 1;
  const pixels = new Uint8ClampedArray(height * perRow); // rounds, and keeps to 0 … 255
  for (const { from, values } of slabs())
    for (let i = 0; i < values.length; i++) pixels[from * perRow + i] = values[i] * factor;
  return new Uint8Array(pixels.buffer);
}
