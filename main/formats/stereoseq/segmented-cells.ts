import { LacunaError } from '../../errors/lacuna-error.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { partitionMolecules } from './aggregate.ts';
import type { MoleculeFile } from './molecules.ts';
import { stereoLayout } from './square-bins.ts';
import type { Aggregated } from './square-bins.ts';

/** Cell numbers are laid out as a grid of this width, so that they come in ascending order. */
const cellsPerRow = 4096;
const rowsPerBand = 16;

/**
 * Molecules summed up by the segmented cell that the file names for each; those of cell 0 (no cell) are left out. Cells
 * come by number and lie at the mean place of their molecules, in DNB of the chip (the centre of a DNB is at + 0.5).
 *
 * @throws LacunaError as `partitionMolecules`; `bad-file` when no molecule lies in a cell
 */
export async function segmentedCells(file: MoleculeFile, task: LongTask): Promise<Aggregated> {
  /** Molecules of each cell, and the sums of their coordinates. */
  const places = new Map<number, { n: number; x: number; y: number }>();
  let outside = 0;
  let inside = 0;
  const partition = await partitionMolecules(
    file,
    rowsPerBand,
    ({ length, genes, xs, ys, counts, cells }, into) => {
      for (let i = 0; i < length; i++) {
        const count = counts[i];
        const cell = cells?.[i] ?? 0;
        if (count === 0) continue;
        if (cell <= 0) {
          outside += count;
          continue;
        }
        inside += count;
        const row = Math.floor(cell / cellsPerRow);
        into.add(row, cell - row * cellsPerRow, genes[i], count);
        let place = places.get(cell);
        if (place === undefined) places.set(cell, (place = { n: 0, x: 0, y: 0 }));
        place.n += count;
        place.x += count * xs[i];
        place.y += count * ys[i];
      }
    },
    task,
  );
  if (inside === 0) {
    partition.close();
    throw new LacunaError(
      'bad-file',
      `No molecule of ${file.path} lies in a cell: its cell column holds 0 everywhere.`,
      'Import it as square bins: group=bins.',
      { file: file.path },
    );
  }
  const cells = Float64Array.from(places.keys()).sort();
  const values = new Float64Array(cells.length * 2);
  const offset = file.offset();
  cells.forEach((cell, i) => {
    const { n, x, y } = places.get(cell)!;
    values[2 * i] = x / n + file.binSize / 2 + offset.x;
    values[2 * i + 1] = y / n + file.binSize / 2 + offset.y;
  });
  const warnings: string[] = [];
  if (outside > 0) {
    const share = (100 * outside) / (inside + outside);
    warnings.push(
      `${outside.toLocaleString('en-US')} molecules (${share.toPrecision(2)} %) lie outside of cells and were left out.`,
    );
  }
  return {
    partition,
    obs: { names: Array.from(cells, String), columns: [] },
    obsm: [{ name: 'spatial', nDim: 2, values, unit: 'DNB' }],
    spatial: { ...stereoLayout(file.pitch, null, null), spotShape: 'circle' },
    warnings,
  };
}
