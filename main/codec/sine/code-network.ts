import { AdaptiveIntegers } from '../entropy/adaptive-integers.ts';
import type { RangeDecoder } from '../entropy/range-decoder.ts';
import type { RangeEncoder } from '../entropy/range-encoder.ts';
import type { SineNetwork } from './sine-network.ts';

/** Widest rounding whose numbers are worth learning a distribution of. */
const LEARNED_BITS = 9;

/**
 * Writes every array with a step of its own, rounded to `bits`; 32 keeps them. What counts from here on is what `decodeNetwork` gives back.
 */
export function encodeNetwork(encoder: RangeEncoder, { kernels, biases }: SineNetwork, bits: number): void {
  const float = new DataView(new ArrayBuffer(4));
  const writeFloat = (value: number): void => {
    float.setFloat32(0, value);
    encoder.bits(float.getUint16(0), 16);
    encoder.bits(float.getUint16(2), 16);
  };
  kernels.forEach((kernel, layer) => {
    for (const values of [kernel, biases[layer]]) {
      if (bits === 32) {
        values.forEach(writeFloat);
        continue;
      }
      const step = stepOf(values, bits);
      const code = bits <= LEARNED_BITS ? new AdaptiveIntegers(2 ** (bits - 1)) : null;
      writeFloat(step);
      for (const value of values) {
        const whole = Math.round(value / step);
        if (code) code.encode(encoder, whole);
        else encodePlain(encoder, whole, bits);
      }
    }
  });
}

export function decodeNetwork(
  decoder: RangeDecoder,
  widths: readonly number[],
  omega: number,
  bits: number,
): SineNetwork {
  const float = new DataView(new ArrayBuffer(4));
  const readFloat = (): number => {
    float.setUint16(0, decoder.bits(16));
    float.setUint16(2, decoder.bits(16));
    return float.getFloat32(0);
  };
  const readArray = (length: number): Float32Array => {
    const values = new Float32Array(length);
    if (bits === 32) return values.map(readFloat);
    const step = readFloat();
    const code = bits <= LEARNED_BITS ? new AdaptiveIntegers(2 ** (bits - 1)) : null;
    return values.map(() => step * (code ? code.decode(decoder) : decodePlain(decoder, bits)));
  };
  const kernels: Float32Array[] = [];
  const biases: Float32Array[] = [];
  for (let layer = 0; layer + 1 < widths.length; layer++) {
    kernels.push(readArray(widths[layer] * widths[layer + 1]));
    biases.push(readArray(widths[layer + 1]));
  }
  return { omega, widths, kernels, biases };
}

/** The step, a float32, with which the largest value is the largest whole number. */
function stepOf(values: Float32Array, bits: number): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return Math.fround(largest / (2 ** (bits - 1) - 1)) || 1;
}

function encodePlain(encoder: RangeEncoder, value: number, bits: number): void {
  const shifted = value + 2 ** (bits - 1);
  const low = Math.min(16, bits);
  encoder.bits(Math.floor(shifted / 2 ** low), bits - low);
  encoder.bits(shifted % 2 ** low, low);
}

function decodePlain(decoder: RangeDecoder, bits: number): number {
  const low = Math.min(16, bits);
  const high = decoder.bits(bits - low);
  return high * 2 ** low + decoder.bits(low) - 2 ** (bits - 1);
}
