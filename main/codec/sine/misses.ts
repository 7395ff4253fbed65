import { AdaptiveIntegers } from '../entropy/adaptive-integers.ts';
import { RangeDecoder } from '../entropy/range-decoder.ts';
import { RangeEncoder } from '../entropy/range-encoder.ts';

/** Counts whose misses make one stream: a look-up reads no more than that. */
export const MISSES_PER_BLOCK = 4096;
const CLASSES = 8;

/** What was counted less what the networks say, ranks `from` … `to` − 1, with a distribution for each small answer. */
export function encodeMisses(counts: ArrayLike<number>, said: ArrayLike<number>, from: number, to: number): Uint8Array {
  const encoder = new RangeEncoder();
  const codes = codesOf();
  for (let k = from; k < to; k++) codes[classOf(said[k])].encode(encoder, counts[k] - said[k]);
  return encoder.finish();
}

/** The counts themselves: [said.length], of a block whose answers are `said`. */
export function decodeMisses(stream: Uint8Array, said: ArrayLike<number>): Float32Array {
  const decoder = new RangeDecoder(stream);
  const codes = codesOf();
  return Float32Array.from({ length: said.length }, (_, k) => said[k] + codes[classOf(said[k])].decode(decoder));
}

function codesOf(): AdaptiveIntegers[] {
  return Array.from({ length: CLASSES }, () => new AdaptiveIntegers(24));
}

function classOf(said: number): number {
  return Math.min(CLASSES, said) - 1;
}
