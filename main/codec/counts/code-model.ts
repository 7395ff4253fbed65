import { AdaptiveIntegers } from '../entropy/adaptive-integers.ts';
import type { RangeDecoder } from '../entropy/range-decoder.ts';
import type { RangeEncoder } from '../entropy/range-encoder.ts';
import { ABSENT, type CountModel } from './count-model.ts';

/** Genes by how much is known of them: rare ones need coarser factors than frequent ones. */
const CLASSES = 5;

/** How the numbers of cells and genes are written; encoder and decoder each make one and pass the same numbers through it. */
export class ModelCode {
  readonly #size = new AdaptiveIntegers(80);
  readonly #cell: AdaptiveIntegers[];
  readonly #present = new AdaptiveIntegers(1);
  readonly #base = new AdaptiveIntegers(120);
  readonly #level = Array.from({ length: CLASSES }, () => new AdaptiveIntegers(16));
  readonly #gene: AdaptiveIntegers[][];

  constructor(nFactors: number) {
    this.#cell = Array.from({ length: nFactors }, () => new AdaptiveIntegers(64));
    this.#gene = Array.from({ length: nFactors }, () =>
      Array.from({ length: CLASSES }, () => new AdaptiveIntegers(24)),
    );
  }

  encodeCell(encoder: RangeEncoder, { size, cell, nFactors }: CountModel, i: number): void {
    this.#size.encode(encoder, size[i]);
    for (let k = 0; k < nFactors; k++) this.#cell[k].encode(encoder, cell[i * nFactors + k]);
  }

  decodeCell(decoder: RangeDecoder, { size, cell, nFactors }: CountModel, i: number): void {
    size[i] = this.#size.decode(decoder);
    for (let k = 0; k < nFactors; k++) cell[i * nFactors + k] = this.#cell[k].decode(decoder);
  }

  encodeGene(encoder: RangeEncoder, { base, level, gene, nFactors }: CountModel, j: number): void {
    const present = base[j] !== ABSENT;
    this.#present.encode(encoder, present ? 1 : 0);
    if (!present) return;
    this.#base.encode(encoder, base[j]);
    const kind = classOf(base[j]);
    this.#level[kind].encode(encoder, level[j]);
    for (let k = 0; k < nFactors; k++) this.#gene[k][kind].encode(encoder, gene[j * nFactors + k]);
  }

  decodeGene(decoder: RangeDecoder, { base, level, gene, nFactors }: CountModel, j: number): void {
    base[j] = ABSENT;
    if (this.#present.decode(decoder) === 0) return;
    base[j] = this.#base.decode(decoder);
    const kind = classOf(base[j]);
    level[j] = this.#level[kind].decode(decoder);
    for (let k = 0; k < nFactors; k++) gene[j * nFactors + k] = this.#gene[k][kind].decode(decoder);
  }

  /** Bits that a gene's base and level would take now. */
  baseBits(base: number, level: number): number {
    return this.#base.cost(base) + this.#level[classOf(base)].cost(level);
  }

  /** Bits that factor `k` of a gene with this base would take now. */
  factorBits(k: number, base: number, value: number): number {
    return this.#gene[k][classOf(base)].cost(value);
  }
}

function classOf(base: number): number {
  return Math.min(CLASSES - 1, Math.max(0, Math.floor(base / 12) + 4));
}
