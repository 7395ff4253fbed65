import type { CsrChunk, CsrMatrix } from '../../dataset/csr-matrix.ts';

/** Measures of quality of every variable, over the observations that count. */
export interface VarQuality {
  /** Observations looked at. */
  nObs: number;
  /** [nVar], observations with a nonzero value. */
  cells: Uint32Array;
  /** [nVar], total counts. */
  counts: Float64Array;
  /** [nVar], largest single value; 0 where there is none. */
  max: Float32Array;
}

export function emptyVarQuality(nVar: number): VarQuality {
  return { nObs: 0, cells: new Uint32Array(nVar), counts: new Float64Array(nVar), max: new Float32Array(nVar) };
}

/**
 * Adds the observations of one chunk.
 *
 * @param keptObs [nObs of the dataset], 1 for observations that count; left out: all
 */
export function addVarQuality(quality: VarQuality, chunk: CsrChunk, keptObs?: Uint8Array): void {
  const { indptr, indices, values } = chunk;
  for (let i = 0; i < chunk.nObs; i++) {
    if (keptObs && !keptObs[chunk.start + i]) continue;
    quality.nObs++;
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      const j = indices[k];
      quality.cells[j]++;
      quality.counts[j] += values[k];
      if (values[k] > quality.max[j]) quality.max[j] = values[k];
    }
  }
}

/** The measures of a matrix in memory. */
export function qualityPerVar(counts: CsrMatrix, keptObs?: Uint8Array): VarQuality {
  const quality = emptyVarQuality(counts.nVar);
  addVarQuality(quality, { ...counts, start: 0 }, keptObs);
  return quality;
}

/** [nVar], mean value over the observations that count. */
export function meanPerVar(quality: VarQuality): Float64Array {
  return quality.counts.map((total) => (quality.nObs === 0 ? 0 : total / quality.nObs));
}
