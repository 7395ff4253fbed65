import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

const SCALE_32 = 2 ** -32;
const SCALE_26 = 2 ** -26;
const SCALE_53 = 2 ** -53;

/**
 * A stream of random numbers that can be stored and continued. Every random choice of a training run comes from one of
 * these, never from `Math.random` or the tensor library, so that a run can be repeated and resumed exactly.
 */
export class Random {
  #generator: RandomGenerator;

  private constructor(generator: RandomGenerator) {
    this.#generator = generator;
  }

  /**
   * @param seed any integer
   * @param purpose streams of one seed with different purposes (`weights`, `shuffle`, `noise` …) are unrelated
   */
  static from(seed: number, purpose: string): Random {
    const generator = xoroshiro128plus(mix(seed, purpose));
    // The first outputs of this generator still show its seed.
    for (let i = 0; i < 32; i++) generator.next();
    return new Random(generator);
  }

  /** Continues a stream where `state()` was taken. */
  static restore(state: readonly number[]): Random {
    return new Random(xoroshiro128plusFromState(state));
  }

  /** Four 32-bit integers; JSON-safe. */
  state(): number[] {
    return [...this.#generator.getState()];
  }

  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number {
    return (this.#generator.next() & 0x3ffffff) * SCALE_26 + (this.#generator.next() & 0x7ffffff) * SCALE_53;
  }

  /** Uniform integer in [0, bound). The bias is below bound / 2^53. */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Fills `out` with uniform values in [low, high), 32 random bits each. */
  fillUniform(out: Float32Array, low: number, high: number): Float32Array {
    const generator = this.#generator;
    const width = (high - low) * SCALE_32;
    for (let i = 0; i < out.length; i++) out[i] = low + (generator.next() >>> 0) * width;
    return out;
  }

  /** Fills `out` with draws from N(0, sd²), by Box and Muller's transform. No half pair is kept between calls. */
  fillNormal(out: Float32Array, sd = 1): Float32Array {
    for (let i = 0; i < out.length; i += 2) {
      const radius = sd * Math.sqrt(-2 * Math.log(1 - this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      out[i] = radius * Math.cos(angle);
      if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
    }
    return out;
  }

  /**
   * A dropout mask: 0 with probability `share`, else 1 / (1 − share). One draw serves four entries, so `share` is rounded
   * to 1/256.
   */
  fillKept(out: Float32Array, share: number): Float32Array {
    const threshold = Math.round(share * 256);
    const kept = 256 / (256 - threshold);
    let bits = 0;
    for (let i = 0; i < out.length; i++) {
      bits = (i & 3) === 0 ? this.#generator.next() : bits >>> 8;
      out[i] = (bits & 255) < threshold ? 0 : kept;
    }
    return out;
  }

  /** Fisher and Yates's shuffle, in place. */
  shuffle<T extends Uint32Array | Int32Array>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    return values;
  }
}

/** FNV-1a over the purpose, then an avalanche with the seed, so that neighbouring seeds start far apart. */
function mix(seed: number, purpose: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < purpose.length; i++) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
  hash ^= Math.imul(seed | 0, 0x9e3779b1) ^ Math.floor(seed / 2 ** 32);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
