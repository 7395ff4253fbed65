import { boundsOf } from './rotation.ts';

/** Finds the nearest point quickly: points sorted into the cells of a uniform grid of about two points each. */
export interface GridIndex {
  /**
   * The nearest point within `radius`, or -1.
   *
   * @param counts only points for which this is true are candidates
   */
  nearest(x: number, y: number, radius: number, counts?: (point: number) => boolean): number;
}

/** Builds the index in two passes over the points. @param flat [n, 2]; points that are not numbers are never found */
export function createGridIndex(flat: Float32Array): GridIndex {
  const n = flat.length / 2;
  const { minX, maxX, minY, maxY } = boundsOf(flat);
  const width = maxX - minX || 1;
  const height = maxY - minY || 1;
  const cell = Math.max(Math.sqrt((width * height) / Math.max(1, n / 2)), width / 4096, height / 4096);
  const columns = Math.floor(width / cell) + 1;
  const rows = Math.floor(height / cell) + 1;
  const starts = new Uint32Array(columns * rows + 1);
  const cellOf = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const at = Math.floor((flat[2 * i + 1] - minY) / cell) * columns + Math.floor((flat[2 * i] - minX) / cell);
    cellOf[i] = Number.isNaN(at) ? -1 : at;
    if (cellOf[i] >= 0) starts[at + 1]++;
  }
  for (let c = 1; c < starts.length; c++) starts[c] += starts[c - 1];
  const points = new Uint32Array(starts[starts.length - 1]);
  const next = starts.slice();
  for (let i = 0; i < n; i++) if (cellOf[i] >= 0) points[next[cellOf[i]]++] = i;

  return {
    nearest(x, y, radius, counts) {
      const fromColumn = Math.max(0, Math.floor((x - radius - minX) / cell));
      const toColumn = Math.min(columns - 1, Math.floor((x + radius - minX) / cell));
      const fromRow = Math.max(0, Math.floor((y - radius - minY) / cell));
      const toRow = Math.min(rows - 1, Math.floor((y + radius - minY) / cell));
      let best = -1;
      let bestDistance = radius * radius;
      for (let row = fromRow; row <= toRow; row++) {
        for (let at = starts[row * columns + fromColumn]; at < starts[row * columns + toColumn + 1]; at++) {
          const point = points[at];
          const distance = (flat[2 * point] - x) ** 2 + (flat[2 * point + 1] - y) ** 2;
          if (distance > bestDistance || (counts && !counts(point))) continue;
          best = point;
          bestDistance = distance;
        }
      }
      return best;
    },
  };
}
