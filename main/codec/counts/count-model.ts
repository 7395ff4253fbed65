import { boundedLogMean } from './count-distribution.ts';

/** Genes without any count have this base, and are not coded at all. */
export const ABSENT = -32768;

/**
 * What encoder and decoder know before the counts, in whole numbers: the mean of gene j in cell i is
 * `exp(size[i] / 16 + base[j] / 8 + Σₖ cell[i, k] · gene[j, k] / 2^fractionBits)`, on a grid of 1/16, and the counts are spread around it as a
 * negative binomial of the gene's level.
 */
export interface CountModel {
  nObs: number;
  nVar: number;
  nFactors: number;
  /** Binary digits after the point of a product of a cell's and a gene's factor; at least 4. */
  fractionBits: number;
  /** [nObs], log of the library size over its median, in sixteenths. */
  size: Int16Array;
  /** [nObs, nFactors] */
  cell: Int16Array;
  /** [nVar], in eighths; `ABSENT` for genes without a count. */
  base: Int16Array;
  /** [nVar] */
  level: Uint8Array;
  /** [nVar, nFactors] */
  gene: Int16Array;
}

/** Fills `out` [nObs] with the gene's positions on the grid of log means. */
export function logMeanIndices(model: CountModel, gene: number, out: Int32Array): void {
  const { nObs, nFactors, size, cell } = model;
  const base = model.base[gene] * 2;
  const divisor = 2 ** (model.fractionBits - 4);
  const weights = model.gene.subarray(gene * nFactors, (gene + 1) * nFactors);
  for (let i = 0; i < nObs; i++) {
    let dot = 0;
    for (let k = 0, at = i * nFactors; k < nFactors; k++, at++) dot += cell[at] * weights[k];
    out[i] = boundedLogMean(base + size[i] + Math.floor(dot / divisor + 0.5));
  }
}
