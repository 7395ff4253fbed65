import type { CellBorders } from '../../dataset/spatial-layout.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';

/** Cells read at once. */
const cellsPerRead = 65_536;

/**
 * The outlines of cells: up to 16 or 32 vertices each, stored as distances from the centre of the cell; places that are
 * not used hold the largest number of their type (127 or 32767).
 *
 * @param centres [nCells, 2], in DNB
 * @param place of an array [nCells, vertices, 2]
 * @returns `null` when the file has no outlines
 */
export function readCellBorders(
  file: Hdf5File,
  centres: Float64Array,
  place = 'cellBin/cellBorder',
): CellBorders | null {
  if (file.kind(place) !== 'dataset') return null;
  const [nCells, most, axes] = file.info(place, 'the outlines of the cells').shape;
  if (nCells * 2 !== centres.length || axes !== 2) return null;
  const offsets = new Uint32Array(nCells + 1);
  const vertices = new Float32Array(nCells * most * 2);
  let n = 0;
  for (let start = 0; start < nCells; start += cellsPerRead) {
    const stop = Math.min(nCells, start + cellsPerRead);
    const steps = file.readNumbers(place, 'the outlines of the cells', [[start, stop]]);
    const unused = unusedValue(steps);
    for (let cell = start; cell < stop; cell++) {
      for (let vertex = 0; vertex < most; vertex++) {
        const at = ((cell - start) * most + vertex) * 2;
        if (steps[at] === unused || steps[at + 1] === unused) continue;
        vertices[2 * n] = centres[2 * cell] + steps[at];
        vertices[2 * n + 1] = centres[2 * cell + 1] + steps[at + 1];
        n++;
      }
      offsets[cell + 1] = n;
    }
  }
  return { offsets, vertices: vertices.slice(0, 2 * n) };
}

/** 16-bit files go beyond 127 as soon as one place is unused; where none is, 127 may be a real distance. */
function unusedValue(steps: Float64Array): number {
  let largest = 0;
  for (const step of steps) if (step > largest) largest = step;
  return largest > 127 ? 32767 : 127;
}
