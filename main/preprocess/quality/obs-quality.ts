import type { CsrChunk, CsrMatrix } from '../../dataset/csr-matrix.ts';

/** Measures of quality of every observation, over all variables. */
export interface ObsQuality {
  /** [nObs], total counts. */
  counts: Float64Array;
  /** [nObs], variables with a nonzero value. */
  genes: Uint32Array;
  /** [nObs], share of the counts on mitochondrial genes, percent; 0 for an empty observation. */
  mitoPercent: Float64Array;
}

export function emptyObsQuality(nObs: number): ObsQuality {
  return {
    counts: new Float64Array(nObs),
    genes: new Uint32Array(nObs),
    mitoPercent: new Float64Array(nObs),
  };
}

/** Fills in the observations of one chunk. `mitochondrial`: [nVar], from `findMitochondrial`. */
export function addObsQuality(quality: ObsQuality, chunk: CsrChunk, mitochondrial: Uint8Array): void {
  const { indptr, indices, values } = chunk;
  for (let i = 0; i < chunk.nObs; i++) {
    let total = 0;
    let mito = 0;
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      total += values[k];
      if (mitochondrial[indices[k]]) mito += values[k];
    }
    quality.counts[chunk.start + i] = total;
    quality.genes[chunk.start + i] = indptr[i + 1] - indptr[i];
    quality.mitoPercent[chunk.start + i] = total === 0 ? 0 : (100 * mito) / total;
  }
}

/** The measures of a matrix in memory. */
export function qualityPerObs(counts: CsrMatrix, mitochondrial: Uint8Array): ObsQuality {
  const quality = emptyObsQuality(counts.nObs);
  addObsQuality(quality, { ...counts, start: 0 }, mitochondrial);
  return quality;
}
