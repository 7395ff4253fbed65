import type { MarkerSummary } from '../../contract/markers/marker-columns.ts';

/**
 * One effect size of a group over its comparisons with other groups, gene by gene: the mean, the least, and the
 * min-rank, which is the best place that the gene takes in any of the comparisons (1: it is the strongest in one). All
 * genes with a min-rank up to T are the union of the T best of each comparison (A. Lun et al., "Orchestrating
 * single-cell analysis", chapter "Marker gene detection").
 */
export class EffectSummary {
  readonly #sum: Float64Array;
  readonly #least: Float64Array;
  readonly #rank: Float64Array;
  #n = 0;

  constructor(nVar: number) {
    this.#sum = new Float64Array(nVar);
    this.#least = new Float64Array(nVar).fill(Infinity);
    this.#rank = new Float64Array(nVar).fill(Infinity);
  }

  /** @param effects [nVar], positive where the gene is higher in the group; what is not a number counts as no difference */
  add(effects: Float64Array, none = 0): void {
    const clean = effects.map((value) => (Number.isNaN(value) ? none : value));
    const sorted = clean.toSorted();
    this.#n++;
    for (let j = 0; j < clean.length; j++) {
      this.#sum[j] += clean[j];
      if (clean[j] < this.#least[j]) this.#least[j] = clean[j];
      const rank = 1 + above(sorted, clean[j]);
      if (rank < this.#rank[j]) this.#rank[j] = rank;
    }
  }

  /** [nVar] */
  values(summary: MarkerSummary): Float64Array {
    if (summary === 'min') return this.#least;
    if (summary === 'rank') return this.#rank;
    const n = this.#n;
    return this.#sum.map((sum) => sum / n);
  }
}

/** How many values are larger; genes that differ alike share a place. @param sorted ascending */
function above(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] > value) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}
