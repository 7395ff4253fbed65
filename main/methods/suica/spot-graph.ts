import type { LongTask } from '../../dataset/progress.ts';
import { nearestByGrid } from '../neighbours/nearest-by-grid.ts';
import { breathe } from '../training/event-loop.ts';

/** Directed neighbours of every spot, itself first: [n, k]. */
export interface SpotGraph {
  k: number;
  neighbours: Uint32Array;
}

/**
 * The nearest spots of each spot in the tissue, itself included, as SUICA's encoder wants them. Neighbours are taken from `allowed`
 * spots only, so that spots which must not be known lend nothing to the others; a spot that is not allowed still
 * stands in its own row.
 *
 * @param positions [n, nDim]
 * @param k neighbours per spot, itself included; fewer where there are not so many
 */
export async function spotGraph(
  positions: Float32Array,
  nDim: number,
  k: number,
  allowed: Uint32Array,
  task: LongTask = {},
): Promise<SpotGraph> {
  const n = positions.length / nDim;
  const isAllowed = new Uint8Array(n);
  for (const i of allowed) isAllowed[i] = 1;
  const width = Math.min(k, allowed.length);
  const neighbours = new Uint32Array(n * width);
  const coordinates = { nDim, values: Float64Array.from(positions) };
  // Most spots are allowed; the search goes farther only where too many of the nearest are not.
  let reach = Math.min(n - 1, 2 * width + 4);
  for (;;) {
    const nearest = await nearestByGrid(coordinates, reach, breathe, task.signal);
    let isShort = false;
    for (let i = 0; i < n && !isShort; i++) {
      neighbours[i * width] = i;
      let filled = 1;
      for (let c = 0; c < reach && filled < width; c++) {
        const j = nearest[i * reach + c];
        if (isAllowed[j]) neighbours[i * width + filled++] = j;
      }
      isShort = filled < width;
    }
    if (!isShort) return { k: width, neighbours };
    reach = Math.min(n - 1, reach * 4);
  }
}
