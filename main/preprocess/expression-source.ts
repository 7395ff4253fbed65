import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import type { Recipe } from './recipe.ts';
import type { UndoFacts } from './transform/undo-transform.ts';

/**
 * The matrix that a method trains on: raw counts of the cells and genes that stay, held sparse in memory, and the
 * transform of the recipe applied to one batch at a time. A dense [nObs, nVar] matrix is never built.
 */
export interface ExpressionSource {
  readonly nObs: number;
  readonly nVar: number;
  readonly recipe: Recipe;
  /** [nObs], position of each observation in the dataset. */
  readonly obsIndex: Uint32Array;
  /** [nVar], position of each variable in the dataset. */
  readonly varIndex: Uint32Array;
  /** [nVar] */
  readonly varNames: readonly string[];
  /** [nObs], total counts over ALL genes that pass the filter (not only the variable ones). */
  readonly librarySize: Float32Array;
  /** [nVar], mean and standard deviation (ddof 0) of the transformed values over all observations. */
  readonly geneMean: Float32Array;
  readonly geneSd: Float32Array;
  /** True when a zero count stays zero under the transform, so that a batch can stay sparse. */
  readonly keepsZeros: boolean;
  /** What `undo` works with, for keeping beside a run: values can then be brought to any scale without the counts. */
  readonly undoFacts: UndoFacts;
  /** Raw counts [nObs, nVar], sparse. */
  readonly counts: CsrMatrix;
  /** Obs-aligned coordinates where the dataset has them, by name: [nObs, nDim]. */
  readonly obsm: ReadonlyMap<string, { nDim: number; values: Float64Array }>;

  /** Transformed values of `rows` (positions 0…nObs-1), written dense and row-major into `out` [rows.length, nVar]. */
  denseBatch(rows: ArrayLike<number>, out: Float32Array): void;
  /** Transformed values of `rows`, sparse. Throws unless `keepsZeros`. */
  sparseBatch(rows: ArrayLike<number>): CsrMatrix;
  /**
   * Undoes the transform in place on [rows.length, varsOf.length] values (varsOf: positions 0…nVar-1, default all).
   * `log`: log(1 + normalised); `normalised`: on the library-size scale; `counts`: expected counts of each cell.
   * Clipped or filtered information does not come back; negative results are set to 0.
   */
  undo(values: Float32Array, rows: ArrayLike<number>, to: ValueScale, varsOf?: ArrayLike<number>): void;
}

/** Scales on which denoised values are handed out: `model` is what the network was trained on. */
export type ValueScale = 'model' | 'log' | 'normalised' | 'counts';
