import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import { ChunkBuilder } from './chunk-builder.ts';
import type { CleaningRules } from './chunk-builder.ts';

/** Entries held at once while a matrix is sorted by observation: 24 M × 8 bytes = 192 MiB. */
export const turnEntries = 25_165_824;

/**
 * Entries of consecutive observations collected from a file that is not sorted by observation. Such a matrix is read
 * several times, each time for as many observations as `turnEntries` allows, so memory stays bounded.
 */
export class TurnedRange {
  readonly first: number;
  readonly last: number;
  readonly #offsets: Float64Array;
  readonly #indices: Uint32Array;
  readonly #values: Float32Array;
  /** Where the next entry of each observation goes. */
  readonly #next: Float64Array;

  /** @param offsets [nObs + 1], where each observation's entries would begin if all were sorted */
  constructor(first: number, last: number, offsets: Float64Array) {
    this.first = first;
    this.last = last;
    this.#offsets = offsets;
    const size = offsets[last] - offsets[first];
    this.#indices = new Uint32Array(size);
    this.#values = new Float32Array(size);
    this.#next = Float64Array.from({ length: last - first }, (_, i) => offsets[first + i] - offsets[first]);
  }

  /** Takes an entry when its observation belongs to the range. */
  add(obs: number, sourceVar: number, value: number): void {
    if (obs < this.first || obs >= this.last) return;
    const at = this.#next[obs - this.first]++;
    this.#indices[at] = sourceVar;
    this.#values[at] = value;
  }

  /** The range as clean chunks. */
  *chunks(rules: CleaningRules): Generator<CsrChunk> {
    const base = this.#offsets[this.first];
    let builder = new ChunkBuilder(this.first, rules);
    for (let obs = this.first; obs < this.last; obs++) {
      const [start, stop] = [this.#offsets[obs] - base, this.#offsets[obs + 1] - base];
      if (builder.isFull(stop - start)) {
        yield builder.finish();
        builder = new ChunkBuilder(obs, rules);
      }
      builder.append(this.#indices, this.#values, start, stop);
    }
    yield builder.finish();
  }
}

/** Ranges `[first, last)` of observations whose entries fit into `budget`; at least one observation each. */
export function* turnRanges(offsets: Float64Array, budget: number): Generator<[number, number]> {
  const nObs = offsets.length - 1;
  for (let first = 0; first < nObs;) {
    let last = first + 1;
    while (last < nObs && offsets[last + 1] - offsets[first] <= budget) last++;
    yield [first, last];
    first = last;
  }
}
