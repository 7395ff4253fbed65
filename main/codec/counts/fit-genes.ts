import { boundedLogMean, countBits, symbolTable, SPREAD_LEVELS } from './count-distribution.ts';
import type { ModelCode } from './code-model.ts';
import { ABSENT, type CountModel } from './count-model.ts';
import type { GeneMajorCounts } from './gene-major.ts';

const BASE_STEP = 2;

/**
 * Chooses the whole numbers of one gene by what they and its counts take together: base and level by trying the neighbours, and
 * each factor by trying 0 and one step either way. No estimate stands between the choice and the size of the file.
 */
export class GeneFitter {
  readonly #model: CountModel;
  readonly #counts: GeneMajorCounts;
  /** [nObs], what size and factors add, in sixteenths, without the base. */
  readonly #offset: Int32Array;
  readonly #dot: Float64Array;
  readonly #tried: Int32Array;
  readonly #histogram = new Uint32Array(4096);

  constructor(model: CountModel, counts: GeneMajorCounts) {
    this.#model = model;
    this.#counts = counts;
    this.#offset = new Int32Array(model.nObs);
    this.#dot = new Float64Array(model.nObs);
    this.#tried = new Int32Array(model.nObs);
  }

  /** Sets `base`, `level` and the factors of gene `j`, whose factors hold a first guess. Returns the bits of its counts. */
  fit(j: number, code: ModelCode): number {
    const { base, level, gene, nFactors, nObs, cell, size } = this.#model;
    const { starts } = this.#counts;
    const weights = gene.subarray(j * nFactors, (j + 1) * nFactors);
    if (starts[j] === starts[j + 1]) {
      base[j] = ABSENT;
      weights.fill(0);
      return 0;
    }
    const divisor = 2 ** (this.#model.fractionBits - 4);
    for (let i = 0; i < nObs; i++) {
      let dot = 0;
      for (let k = 0; k < nFactors; k++) dot += cell[i * nFactors + k] * weights[k];
      this.#dot[i] = dot;
      this.#offset[i] = size[i] + Math.floor(dot / divisor + 0.5);
    }
    base[j] = this.#firstBase(j);
    level[j] = SPREAD_LEVELS / 2;
    let best = this.#fitBase(j, this.#offset, code);
    for (let round = 0; round < 2 && nFactors > 0; round++) {
      let changed = false;
      for (let k = 0; k < nFactors; k++) {
        const now = weights[k];
        let paid = code.factorBits(k, base[j], now);
        for (const value of new Set([0, now - 1, now + 1])) {
          if (value === weights[k]) continue;
          const bits = code.factorBits(k, base[j], value);
          const step = value - weights[k];
          for (let i = 0, at = k; i < nObs; i++, at += nFactors)
            this.#tried[i] = size[i] + Math.floor((this.#dot[i] + step * cell[at]) / divisor + 0.5);
          const whole = this.#bitsAt(j, this.#tried, base[j], level[j]);
          if (whole + bits >= best + paid) continue;
          best = whole;
          paid = bits;
          weights[k] = value;
          changed = true;
          this.#offset.set(this.#tried);
          for (let i = 0, at = k; i < nObs; i++, at += nFactors) this.#dot[i] += step * cell[at];
        }
      }
      best = this.#fitBase(j, this.#offset, code);
      if (!changed) break;
    }
    return best;
  }

  /** The base at which the expected total is the counted one. */
  #firstBase(j: number): number {
    const { starts, values } = this.#counts;
    let total = 0;
    for (let k = starts[j]; k < starts[j + 1]; k++) total += values[k];
    let expected = 0;
    for (const offset of this.#offset) expected += Math.exp(Math.min(offset, 400) / 16);
    return Math.round(8 * Math.log(total / expected));
  }

  #fitBase(j: number, offset: Int32Array, code: ModelCode): number {
    const { base, level } = this.#model;
    const bitsOf = (b: number, l: number): number => this.#bitsAt(j, offset, b, l) + code.baseBits(b, l);
    let best = bitsOf(base[j], level[j]);
    for (let improved = true; improved;) {
      improved = false;
      for (const [db, dl] of [
        [0, 1],
        [0, -1],
        [1, 0],
        [-1, 0],
        [0, 3],
        [0, -3],
      ]) {
        const b = base[j] + db;
        const l = level[j] + dl;
        if (l < 0 || l >= SPREAD_LEVELS) continue;
        const bits = bitsOf(b, l);
        if (bits >= best) continue;
        [best, base[j], level[j], improved] = [bits, b, l, true];
      }
    }
    return best - code.baseBits(base[j], level[j]);
  }

  /** Bits of the gene's counts, zeros by their number at each log mean. */
  #bitsAt(j: number, offset: Int32Array, base: number, level: number): number {
    const { starts, obs, values } = this.#counts;
    const shift = base * BASE_STEP;
    const histogram = this.#histogram;
    const middle = histogram.length / 2;
    let low = middle;
    let high = middle;
    for (let i = 0; i < offset.length; i++) {
      const at = boundedLogMean(offset[i] + shift) + middle;
      histogram[at]++;
      if (at < low) low = at;
      if (at > high) high = at;
    }
    let bits = 0;
    for (let k = starts[j]; k < starts[j + 1]; k++) {
      const at = boundedLogMean(offset[obs[k]] + shift);
      histogram[at + middle]--;
      bits += countBits(symbolTable(at, level), values[k]);
    }
    for (let at = low; at <= high; at++) {
      if (histogram[at] > 0) bits += histogram[at] * symbolTable(at - middle, level).bits[0];
      histogram[at] = 0;
    }
    return bits;
  }
}
