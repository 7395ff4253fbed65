import type { MoleculeSample } from './molecule-sample.ts';

/** What a bin size makes of a file. */
export interface BinCount {
  bins: number;
  /** Entries of the matrix that are not zero. */
  nnz: number;
  /** False for an estimate from a part of the file. */
  exact: boolean;
}

/** Grid points that are counted one by one: 256 MiB of marks. */
const mostPoints = 67_108_864;

/** Counts bins and entries for any bin size from a sample of molecules. */
export class BinCensus {
  readonly nGenes: number;
  readonly #sample: MoleculeSample;
  /** [length], places of the sample by gene, so that a (bin, gene) pair is met in one stretch */
  readonly #byGene: Uint32Array;
  readonly #genesComeInOrder: boolean;
  readonly #extent: { minX: number; maxX: number; minY: number; maxY: number };

  constructor(sample: MoleculeSample) {
    this.#sample = sample;
    const { genes, xs, ys, length } = sample;
    let nGenes = 0;
    let changes = 0;
    const extent = { minX: Infinity, maxX: -Infinity, minY: Infinity, maxY: -Infinity };
    for (let i = 0; i < length; i++) {
      if (genes[i] >= nGenes) nGenes = genes[i] + 1;
      if (i > 0 && genes[i] !== genes[i - 1]) changes++;
      if (xs[i] < extent.minX) extent.minX = xs[i];
      if (xs[i] > extent.maxX) extent.maxX = xs[i];
      if (ys[i] < extent.minY) extent.minY = ys[i];
      if (ys[i] > extent.maxY) extent.maxY = ys[i];
    }
    const next = new Uint32Array(nGenes + 1);
    for (let i = 0; i < length; i++) next[genes[i] + 1]++;
    let seen = 0;
    for (let gene = 0; gene < nGenes; gene++) {
      if (next[gene + 1] > 0) seen++;
      next[gene + 1] += next[gene];
    }
    this.#byGene = new Uint32Array(length);
    for (let i = 0; i < length; i++) this.#byGene[next[genes[i]]++] = i;
    this.nGenes = seen;
    this.#extent = extent;
    this.#genesComeInOrder = changes < 2 * seen;
  }

  /** Genes in the whole file: a part of a file sorted by gene shows a part of the genes. */
  totalGenes(): number {
    const { isWhole, share } = this.#sample;
    return isWhole || !this.#genesComeInOrder ? this.nGenes : Math.round(this.nGenes / share);
  }

  /** Bins of `size` × `size` DNB, and the entries of their matrix. */
  count(size: number): BinCount {
    const { genes, xs, ys, length, isWhole } = this.#sample;
    if (length === 0) return { bins: 0, nnz: 0, exact: isWhole };
    const { minX, maxX, minY, maxY } = this.#extent;
    const [firstColumn, firstRow] = [Math.floor(minX / size), Math.floor(minY / size)];
    const width = Math.floor(maxX / size) - firstColumn + 1;
    const points = width * (Math.floor(maxY / size) - firstRow + 1);
    if (points > mostPoints) return this.#extrapolated(Math.min(points, length), length, points);
    /** Gene that was last met at a place, from 1 on. */
    const last = new Uint32Array(points);
    let bins = 0;
    let nnz = 0;
    for (let k = 0; k < length; k++) {
      const i = this.#byGene[k];
      const point = (Math.floor(ys[i] / size) - firstRow) * width + Math.floor(xs[i] / size) - firstColumn;
      const mark = genes[i] + 1;
      if (last[point] === mark) continue;
      if (last[point] === 0) bins++;
      last[point] = mark;
      nnz++;
    }
    return isWhole ? { bins, nnz, exact: true } : this.#extrapolated(bins, nnz, points);
  }

  /**
   * From `bins` seen in the sample to those of the whole file. In a file sorted by gene every stretch covers the whole
   * section, and lines fall on bins as at random: of M bins, n lines hit M (1 − exp(−n / M)). Other files are taken to
   * come place by place, which counts the squares of a row cut off in the middle too often.
   */
  #extrapolated(bins: number, nnz: number, points: number): BinCount {
    const { length, totalLines } = this.#sample;
    const growth = totalLines / length;
    if (!this.#genesComeInOrder)
      return { bins: Math.round(bins * growth), nnz: Math.round(nnz * growth), exact: false };
    let [low, high] = [bins, points];
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (middle * (1 - Math.exp(-length / middle)) < bins) low = middle;
      else high = middle;
    }
    const all = high * (1 - Math.exp(-totalLines / high));
    return { bins: Math.round(Math.min(points, all)), nnz: Math.round(nnz * growth), exact: false };
  }

  /** Segmented cells, and the entries of their matrix. */
  countCells(): BinCount {
    const { cells, genes, isWhole, length, totalLines } = this.#sample;
    const last = new Map<number, number>();
    let nnz = 0;
    for (const i of this.#byGene) {
      const cell = cells?.[i] ?? 0;
      if (cell <= 0 || last.get(cell) === genes[i]) continue;
      last.set(cell, genes[i]);
      nnz++;
    }
    const growth = totalLines / Math.max(1, length);
    const bins = this.#genesComeInOrder ? last.size : Math.round(last.size * growth);
    return { bins, nnz: Math.round(nnz * growth), exact: isWhole };
  }
}
