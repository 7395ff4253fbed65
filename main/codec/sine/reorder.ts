import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { CountFactors } from '../counts/count-factors.ts';
import type { Order } from './patches.ts';

/**
 * Places cells and genes so that neighbours are alike, by the latent of the count model: both are laid along the path that always
 * goes on to the nearest one not yet visited, from the one with the smallest first factor.
 */
export function orderByLatent(
  { nObs, nVar }: Pick<CsrMatrix, 'nObs' | 'nVar'>,
  factors: CountFactors,
  logRate: ArrayLike<number>,
): Order {
  const { nFactors, cell, gene } = factors;
  // Genes are alike in their level first; a gene's factors say how it differs from its level.
  const level = new Float32Array(nVar * (nFactors + 1));
  for (let j = 0; j < nVar; j++) {
    level.set(gene.subarray(j * nFactors, (j + 1) * nFactors), j * (nFactors + 1) + 1);
    level[j * (nFactors + 1)] = logRate[j];
  }
  return { obs: places(cell, nFactors, nObs), var: places(level, nFactors + 1, nVar) };
}

/** Place of each of n points along the path: [n]. */
function places(values: Float32Array, width: number, n: number): Uint32Array {
  const left = Uint32Array.from({ length: n }, (_, i) => i);
  const place = new Uint32Array(n);
  let now = 0;
  for (let i = 1; i < n; i++) if (values[i * width] < values[now * width]) now = i;
  for (let visited = 0, size = n; visited < n; visited++) {
    place[now] = visited;
    left[left.indexOf(now)] = left[--size];
    let nearest = Infinity;
    let next = -1;
    for (let c = 0; c < size; c++) {
      const other = left[c];
      let distance = 0;
      for (let k = 0; k < width; k++) distance += (values[other * width + k] - values[now * width + k]) ** 2;
      if (distance < nearest) [nearest, next] = [distance, other];
    }
    now = next;
  }
  return place;
}
