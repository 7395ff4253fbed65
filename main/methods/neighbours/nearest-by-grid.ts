import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { NearestList } from './nearest-list.ts';

/** Points in the plane or in space. */
export interface Coordinates {
  nDim: number;
  /** [n, nDim] */
  values: Float64Array;
}

/**
 * The k nearest other points of each point, exactly, for two or three dimensions: points are sorted into a grid of about two a cell,
 * and shells of cells are searched outward until none can hold a nearer point. Ties go to the lower position.
 *
 * @param queries other points to find the nearest for; left out: the points themselves, none its own neighbour
 * @returns [n, k], nearest first
 */
export async function nearestByGrid(
  coordinates: Coordinates,
  k: number,
  pause: () => Promise<void>,
  signal?: AbortSignal,
  queries: Coordinates | null = null,
): Promise<Uint32Array> {
  const { nDim, values } = coordinates;
  const from = queries?.values ?? values;
  const n = from.length / nDim;
  const grid = buildGrid(coordinates, values.length / nDim);
  const result = new Uint32Array(n * k);
  const nearest = new NearestList(k);
  for (let i = 0; i < n; i++) {
    if (i % 2048 === 0) {
      throwIfCancelled(signal);
      await pause();
    }
    nearest.clear();
    const home = Array.from({ length: nDim }, (_, d) => grid.cellAlong(from[i * nDim + d], d));
    // A query outside the box stands beside it: cells are no farther from it than from the cell it is put into.
    for (let shell = 0; shell <= grid.longest; shell++) {
      // Whatever lies in this shell is at least (shell − 1) cells away.
      const nearestPossible = Math.max(0, shell - 1) * grid.width;
      if (nearest.isFull() && nearest.worst() < nearestPossible * nearestPossible) break;
      forShell(home, shell, grid.sizes, (cell) => {
        for (let p = grid.starts[cell]; p < grid.starts[cell + 1]; p++) {
          const j = grid.points[p];
          if (j === i && queries === null) continue;
          let squared = 0;
          for (let d = 0; d < nDim; d++) squared += (from[i * nDim + d] - values[j * nDim + d]) ** 2;
          nearest.offer(j, squared);
        }
      });
    }
    result.set(nearest.sorted(), i * k);
  }
  return result;
}

interface Grid {
  width: number;
  sizes: number[];
  longest: number;
  /** [nCells + 1], offsets into `points`. */
  starts: Uint32Array;
  points: Uint32Array;
  cellAlong(value: number, dimension: number): number;
}

function buildGrid({ nDim, values }: Coordinates, n: number): Grid {
  const low = new Array<number>(nDim).fill(Infinity);
  const high = new Array<number>(nDim).fill(-Infinity);
  for (let k = 0; k < values.length; k++) {
    low[k % nDim] = Math.min(low[k % nDim], values[k]);
    high[k % nDim] = Math.max(high[k % nDim], values[k]);
  }
  const spans = low.map((value, d) => high[d] - value);
  const used = spans.filter((span) => span > 0);
  const volume = used.reduce((product, span) => product * span, 1);
  const widest = Math.max(...spans, 0);
  // Two points a cell where they fill the box; a long thin box must not get more cells than points.
  const width =
    widest === 0 ? 1 : Math.max((volume / Math.max(1, n / 2)) ** (1 / used.length), widest / Math.max(1, n));
  const sizes = spans.map((span) => Math.floor(span / width) + 1);
  const cellAlong = (value: number, d: number): number =>
    Math.min(sizes[d] - 1, Math.max(0, Math.floor((value - low[d]) / width)));
  const cellOf = (i: number): number => {
    let cell = 0;
    for (let d = 0; d < nDim; d++) cell = cell * sizes[d] + cellAlong(values[i * nDim + d], d);
    return cell;
  };
  const nCells = sizes.reduce((product, size) => product * size, 1);
  const starts = new Uint32Array(nCells + 1);
  for (let i = 0; i < n; i++) starts[cellOf(i) + 1]++;
  for (let c = 0; c < nCells; c++) starts[c + 1] += starts[c];
  const filled = starts.slice(0, nCells);
  const points = new Uint32Array(n);
  for (let i = 0; i < n; i++) points[filled[cellOf(i)]++] = i;
  return { width, sizes, longest: Math.max(...sizes), starts, points, cellAlong };
}

/** Calls `visit` for every cell whose largest distance in cells from `home` is `shell`. */
function forShell(
  home: readonly number[],
  shell: number,
  sizes: readonly number[],
  visit: (cell: number) => void,
): void {
  const walk = (d: number, cell: number, touched: boolean): void => {
    if (d === sizes.length) {
      if (touched || shell === 0) visit(cell);
      return;
    }
    const last = d === sizes.length - 1;
    // On the last dimension, cells inside the shell are skipped unless another dimension is on its rim.
    const step = last && !touched && shell > 0 ? 2 * shell : 1;
    for (let offset = -shell; offset <= shell; offset += step) {
      const along = home[d] + offset;
      if (along < 0 || along >= sizes[d]) continue;
      walk(d + 1, cell * sizes[d] + along, touched || Math.abs(offset) === shell);
    }
  };
  walk(0, 0, false);
}
