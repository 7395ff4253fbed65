import type { UndoFacts } from './undo-transform.ts';

/** `UndoFacts` as named dense arrays, the form in which a run keeps them. */
export interface UndoArrays {
  /** [nObs, 1], what one count of each cell is worth. */
  'undo.obs': { nDim: number; values: Float32Array };
  /** [nVar, 2], shift and factor of each gene; [nVar, 0] where genes are not scaled. */
  'undo.var': { nDim: number; values: Float32Array };
}

/** Packs the facts; a relative error of 1e-7 (32-bit floats) is far below what a network resolves. */
export function packUndoFacts({ nVar, factor, scaling }: UndoFacts): UndoArrays {
  const perVar = new Float32Array(scaling === null ? 0 : 2 * nVar);
  if (scaling !== null) {
    for (let j = 0; j < nVar; j += 1) {
      perVar[2 * j] = scaling.shift[j];
      perVar[2 * j + 1] = scaling.factor[j];
    }
  }
  return {
    'undo.obs': { nDim: 1, values: Float32Array.from(factor) },
    'undo.var': { nDim: scaling === null ? 0 : 2, values: perVar },
  };
}

/** The facts again. @param log1p from the run's recipe; @param nVar variables of the run */
export function unpackUndoFacts(arrays: UndoArrays, nVar: number, log1p: boolean): UndoFacts {
  const perVar = arrays['undo.var'];
  const scaling =
    perVar.nDim === 0
      ? null
      : {
          shift: Float64Array.from({ length: nVar }, (_, j) => perVar.values[2 * j]),
          factor: Float64Array.from({ length: nVar }, (_, j) => perVar.values[2 * j + 1]),
        };
  return { nVar, factor: Float64Array.from(arrays['undo.obs'].values), log1p, scaling };
}
