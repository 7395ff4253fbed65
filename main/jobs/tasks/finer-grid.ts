import { LacunaError } from '../../errors/lacuna-error.ts';
import { nearestByGrid, type Coordinates } from '../../methods/neighbours/nearest-by-grid.ts';
import { breathe } from '../../methods/training/event-loop.ts';

/** Places between the spots of a tissue, and the spot next to each. */
export interface FinerGrid {
  nDim: number;
  /** [n, nDim], in units of the spots' positions; row by row, section by section */
  positions: Float64Array;
  /** [n], the nearest spot */
  nearest: Uint32Array;
  /** Between two places, in units of the positions. */
  step: number;
}

/** Farther from the next spot than this many spacings there is no tissue, or nobody knows. */
const REACH = 1;
const MOST_PLACES = 600_000;
const MOST_SECTIONS = 500;

/**
 * A square grid `factor` times as fine as the spots lie (median distance to the nearest other one), where there is
 * tissue. Spots in three dimensions get a grid in each of their sections, which are the values of z.
 *
 * @throws LacunaError `unsupported` without sections or distances, `bad-option` when there would be too many places
 */
export async function finerGrid(spots: Coordinates, factor: number, signal?: AbortSignal): Promise<FinerGrid> {
  const { nDim, values } = spots;
  const n = values.length / nDim;
  const spacing = n > 1 ? await medianSpacing(spots, signal) : 0;
  if (!(spacing > 0))
    throw new LacunaError('unsupported', 'The spots have no distances, so there is nothing between them.', '');
  const step = spacing / factor;
  const levels = nDim === 3 ? sectionsOf(values) : [0];
  const [left, right] = extent(values, nDim, 0);
  const [top, bottom] = extent(values, nDim, 1);
  const columns = Math.ceil((right - left) / step) + 2 * factor + 1;
  const rows = Math.ceil((bottom - top) / step) + 2 * factor + 1;
  if (columns * rows * levels.length > 8 * MOST_PLACES) throw tooMany(factor);
  const all = new Float64Array(columns * rows * levels.length * nDim);
  let at = 0;
  for (const z of levels)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        all[at] = left + (column - factor) * step;
        all[at + 1] = top + (row - factor) * step;
        if (nDim === 3) all[at + 2] = z;
        at += nDim;
      }
  const nearest = await nearestByGrid(spots, 1, breathe, signal, { nDim, values: all });
  const kept: number[] = [];
  nearest.forEach((spot, place) => {
    if (distance(all, place, values, spot, nDim) <= REACH * spacing) kept.push(place);
  });
  if (kept.length > MOST_PLACES) throw tooMany(factor);
  const positions = new Float64Array(kept.length * nDim);
  kept.forEach((place, i) => positions.set(all.subarray(place * nDim, (place + 1) * nDim), i * nDim));
  return { nDim, positions, nearest: Uint32Array.from(kept, (place) => nearest[place]), step };
}

async function medianSpacing(spots: Coordinates, signal?: AbortSignal): Promise<number> {
  const { nDim, values } = spots;
  const nearest = await nearestByGrid(spots, 1, breathe, signal);
  const distances = Float64Array.from(nearest, (other, i) => distance(values, i, values, other, nDim)).sort();
  return distances[distances.length >> 1];
}

function distance(a: Float64Array, i: number, b: Float64Array, j: number, nDim: number): number {
  let squared = 0;
  for (let d = 0; d < nDim; d++) squared += (a[i * nDim + d] - b[j * nDim + d]) ** 2;
  return Math.sqrt(squared);
}

function sectionsOf(values: Float64Array): number[] {
  const levels = new Set<number>();
  for (let at = 2; at < values.length; at += 3) levels.add(values[at]);
  if (levels.size > MOST_SECTIONS)
    throw new LacunaError(
      'unsupported',
      `The spots have ${levels.size} different depths, so there are no sections to fill.`,
      'A finer grid is made for flat tissue, or for a stack of sections.',
    );
  return [...levels].sort((a, b) => a - b);
}

function extent(values: Float64Array, nDim: number, d: number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let at = d; at < values.length; at += nDim) {
    low = Math.min(low, values[at]);
    high = Math.max(high, values[at]);
  }
  return [low, high];
}

function tooMany(factor: number): LacunaError {
  return new LacunaError(
    'bad-option',
    `A grid ${factor} times as fine as the spots has more than ${MOST_PLACES.toLocaleString('en-US')} places.`,
    factor > 2 ? 'Choose a smaller factor.' : 'The section is too large to be shown finer than it was measured.',
  );
}
