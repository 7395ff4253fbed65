import type { CsrMatrix } from '../../dataset/csr-matrix.ts';

/** Where rows (genes) and columns (cells) of the matrix are placed before it is cut: place of each. */
export interface Order {
  /** [nObs] */
  obs: Uint32Array;
  /** [nVar] */
  var: Uint32Array;
}

/** A grid of rectangles over the placed matrix. */
export interface PatchGrid {
  nObs: number;
  nVar: number;
  patchCells: number;
  patchGenes: number;
}

/** The nonzero counts of a patch. */
export interface Patch {
  /** [n], rank of each count in the matrix: observations, then genes, ascending. */
  ranks: Uint32Array;
  /** [n, 2], see `pointOf`. */
  points: Float32Array;
}

export function identityOrder({ nObs, nVar }: Pick<CsrMatrix, 'nObs' | 'nVar'>): Order {
  return { obs: Uint32Array.from({ length: nObs }, (_, i) => i), var: Uint32Array.from({ length: nVar }, (_, j) => j) };
}

export function patchCount({ nObs, nVar, patchCells, patchGenes }: PatchGrid): number {
  return Math.ceil(nObs / patchCells) * Math.ceil(nVar / patchGenes);
}

/** Number of the patch at a place. */
export function patchOf({ nVar, patchCells, patchGenes }: PatchGrid, obsPlace: number, varPlace: number): number {
  return Math.floor(obsPlace / patchCells) * Math.ceil(nVar / patchGenes) + Math.floor(varPlace / patchGenes);
}

/**
 * Coordinates of a place within its patch, as published: rows (genes) in [−1, 1], columns (cells) divided by the same length and
 * centred on 0; where there are more columns than rows, their number sets the length instead. Writes two numbers.
 */
export function pointOf(grid: PatchGrid, obsPlace: number, varPlace: number, out: Float32Array, at: number): void {
  const half = Math.max(1, Math.max(grid.patchGenes, grid.patchCells) - 1) / 2;
  out[at] = ((varPlace % grid.patchGenes) - (grid.patchGenes - 1) / 2) / half;
  out[at + 1] = ((obsPlace % grid.patchCells) - (grid.patchCells - 1) / 2) / half;
}

/** Every patch with its counts; some may be empty. */
export function cutPatches(
  { nObs, indptr, indices }: Pick<CsrMatrix, 'nObs' | 'indptr' | 'indices'>,
  grid: PatchGrid,
  order: Order,
): Patch[] {
  const sizes = new Uint32Array(patchCount(grid));
  const owner = new Uint32Array(indices.length);
  for (let i = 0; i < nObs; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      owner[k] = patchOf(grid, order.obs[i], order.var[indices[k]]);
      sizes[owner[k]]++;
    }
  }
  const patches = Array.from(sizes, (n): Patch => ({ ranks: new Uint32Array(n), points: new Float32Array(2 * n) }));
  const next = new Uint32Array(patches.length);
  for (let i = 0; i < nObs; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      const patch = patches[owner[k]];
      const at = next[owner[k]]++;
      patch.ranks[at] = k;
      pointOf(grid, order.obs[i], order.var[indices[k]], patch.points, 2 * at);
    }
  }
  return patches;
}
