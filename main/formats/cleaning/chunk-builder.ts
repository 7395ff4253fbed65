import { LacunaError } from '../../errors/lacuna-error.ts';
import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import type { ValueKind } from '../../dataset/dataset-source.ts';
import { valueError } from './value-error.ts';

/** Entries after which a chunk is full: 262,144 × 8 bytes = 2 MiB. */
export const chunkEntries = 262_144;
/** Observations after which a chunk is full, however empty they are. */
export const chunkObs = 32_768;

/** What every value of a matrix must obey, and how to name the place of one that does not. */
export interface CleaningRules {
  file: string;
  /** Variables in the file; an index at or above is an error. */
  nSourceVar: number;
  /** Variables kept. */
  nVar: number;
  /** [nSourceVar], place among the kept variables, -1 for those left out; `null` when all are kept. */
  varMap: Int32Array | null;
  valueKind: ValueKind;
  obsName(obs: number): string;
  /** By the index in the file. */
  varName(sourceVar: number): string;
}

/**
 * Builds one chunk, observation by observation, to the rules of `CsrMatrix`: variables left out are dropped, explicit
 * zeros too, indices sorted, duplicates summed; a NaN, an infinity, or a value that contradicts the declared kind is an
 * error with its place.
 */
export class ChunkBuilder {
  readonly start: number;
  readonly #rules: CleaningRules;
  readonly #indptr: number[] = [0];
  #indices = new Uint32Array(4096);
  #values = new Float32Array(4096);
  #nnz = 0;

  constructor(start: number, rules: CleaningRules) {
    this.start = start;
    this.#rules = rules;
  }

  get nObs(): number {
    return this.#indptr.length - 1;
  }

  /** True when the next observation of `entries` entries should go into another chunk. */
  isFull(entries: number): boolean {
    return this.nObs > 0 && (this.#nnz + entries > chunkEntries || this.nObs >= chunkObs);
  }

  /**
   * Adds the next observation: the entries `[from, to)` of both arrays.
   * @param indices variables as numbered in the file
   * @throws LacunaError `bad-file`
   */
  append(indices: ArrayLike<number>, values: ArrayLike<number>, from: number, to: number): void {
    this.#reserve(to - from);
    const { nSourceVar, varMap, valueKind } = this.#rules;
    const outIndices = this.#indices;
    const outValues = this.#values;
    const first = this.#nnz;
    let at = first;
    let last = -1;
    let ascending = true;
    for (let i = from; i < to; i++) {
      const source = indices[i];
      if (!(source >= 0 && source < nSourceVar)) throw this.#indexError(source);
      const value = values[i];
      const rounded = Math.fround(value);
      if (rounded - rounded !== 0) throw this.#valueError(source, value);
      if (valueKind !== 'real' && (value < 0 || (valueKind === 'counts' && Math.floor(value) !== value))) {
        throw this.#valueError(source, value);
      }
      if (rounded === 0) continue;
      const index = varMap === null ? source : varMap[source];
      if (index < 0) continue;
      if (index <= last) ascending = false;
      last = index;
      outIndices[at] = index;
      outValues[at] = rounded;
      at++;
    }
    this.#nnz = ascending ? at : this.#sort(first, at);
    this.#indptr.push(this.#nnz);
  }

  /** The chunk, in arrays of its own. The builder is used up. */
  finish(): CsrChunk {
    return {
      start: this.start,
      nObs: this.nObs,
      nVar: this.#rules.nVar,
      indptr: Uint32Array.from(this.#indptr),
      indices: this.#indices.slice(0, this.#nnz),
      values: this.#values.slice(0, this.#nnz),
    };
  }

  /** Sorts the entries `[from, to)` by variable and sums those of the same. @returns the new end */
  #sort(from: number, to: number): number {
    const length = to - from;
    // Variable and place in one number: typed arrays of numbers sort natively, without a comparator.
    const keys = new Float64Array(length);
    for (let i = 0; i < length; i++) keys[i] = this.#indices[from + i] * length + i;
    keys.sort();
    const values = this.#values.slice(from, to);
    let at = from;
    for (let i = 0; i < length;) {
      const index = Math.floor(keys[i] / length);
      let sum = 0;
      for (; i < length && Math.floor(keys[i] / length) === index; i++) sum += values[keys[i] - index * length];
      if (Math.fround(sum) === 0) continue;
      this.#indices[at] = index;
      this.#values[at] = sum;
      at++;
    }
    return at;
  }

  #reserve(extra: number): void {
    const needed = this.#nnz + extra;
    if (needed <= this.#indices.length) return;
    const capacity = Math.max(needed, Math.min(this.#indices.length * 2, chunkEntries));
    const indices = new Uint32Array(capacity);
    const values = new Float32Array(capacity);
    indices.set(this.#indices.subarray(0, this.#nnz));
    values.set(this.#values.subarray(0, this.#nnz));
    this.#indices = indices;
    this.#values = values;
  }

  #valueError(source: number, value: number): LacunaError {
    const { file, obsName, varName, valueKind } = this.#rules;
    return valueError(file, obsName(this.start + this.nObs), varName(source), value, valueKind);
  }

  #indexError(source: number): LacunaError {
    const { file, obsName, nSourceVar } = this.#rules;
    return new LacunaError(
      'bad-file',
      `${file} names gene number ${source + 1} for cell ${obsName(this.start + this.nObs)}, but has only ${nSourceVar.toLocaleString('en-US')} genes.`,
      'The file is damaged or was put together wrongly: write it or copy it again.',
      { file, gene: source, nVar: nSourceVar },
    );
  }
}
