import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { AxisTable, ObsmArray } from '../../dataset/dataset-source.ts';
import type { SpatialLayout } from '../../dataset/spatial-layout.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import { partitionMolecules } from './aggregate.ts';
import type { GridPartition } from './grid-partition.ts';
import type { MoleculeFile } from './molecules.ts';

/** Observations with their places, and the molecules that belong to them. */
export interface Aggregated {
  partition: GridPartition;
  obs: AxisTable;
  obsm: ObsmArray[];
  spatial: SpatialLayout;
  warnings: string[];
}

/** Rows of DNB in a band of the partition: of a chip of 13 cm, 2,000 bands with a block each in memory. */
const bandHeight = 128;
/** More bins than this cannot be named in memory. */
const mostBins = 20_000_000;

/**
 * Molecules summed up in squares of `size` × `size` DNB: DNB (x, y) of the file belongs to the square
 * (⌊x / size⌋, ⌊y / size⌋), as SAW and stereopy cut. Squares come row by row, in a row from left to right; they are named
 * `x_y` by their corner and lie at their centre, both in DNB of the chip.
 *
 * @throws LacunaError as `partitionMolecules`; `bad-option` when there are too many bins
 */
export async function squareBins(file: MoleculeFile, size: number, task: LongTask): Promise<Aggregated> {
  const partition = await partitionMolecules(
    file,
    Math.max(1, Math.round(bandHeight / size)),
    ({ length, genes, xs, ys, counts }, into) => {
      for (let i = 0; i < length; i++)
        if (counts[i] > 0) into.add(Math.floor(ys[i] / size), Math.floor(xs[i] / size), genes[i], counts[i]);
    },
    task,
  );
  try {
    const { columns, rows } = await occupiedBins(partition, size, task);
    const offset = file.offset();
    const names = new Array<string>(rows.length);
    const values = new Float64Array(rows.length * 2);
    for (let i = 0; i < names.length; i++) {
      const [x, y] = [columns[i] * size + offset.x, rows[i] * size + offset.y];
      names[i] = `${x}_${y}`;
      values[2 * i] = x + size / 2;
      values[2 * i + 1] = y + size / 2;
    }
    return {
      partition,
      obs: { names, columns: [] },
      obsm: [{ name: 'spatial', nDim: 2, values, unit: 'DNB' }],
      spatial: stereoLayout(file.pitch, size, null),
      warnings: [],
    };
  } catch (error) {
    partition.close();
    throw error;
  }
}

/** The layout of a Stereo-seq section: positions in DNB, squares of `size` DNB. */
export function stereoLayout(pitch: number, size: number | null, borders: SpatialLayout['borders']): SpatialLayout {
  return {
    obsm: 'spatial',
    micrometresPerUnit: pitch,
    spotSize: size,
    spotShape: 'square',
    yDown: true,
    images: [],
    borders,
  };
}

async function occupiedBins(
  partition: GridPartition,
  size: number,
  task: LongTask,
): Promise<{ columns: Int32Array; rows: Int32Array }> {
  let columns = new Int32Array(4096);
  let rows = new Int32Array(4096);
  let n = 0;
  for (const group of partition.groups()) {
    throwIfCancelled(task.signal);
    await eventLoopTurn();
    const width = group.endColumn - group.firstColumn;
    const occupied = partition.occupied(group);
    if (n + occupied.length > mostBins) throw tooManyBins(size);
    if (n + occupied.length > rows.length) {
      const capacity = Math.max(n + occupied.length, rows.length * 2);
      columns = grown(columns, capacity);
      rows = grown(rows, capacity);
    }
    for (const point of occupied) {
      const row = Math.floor(point / width);
      rows[n] = group.firstRow + row;
      columns[n] = group.firstColumn + point - row * width;
      n++;
    }
  }
  return { columns: columns.subarray(0, n), rows: rows.subarray(0, n) };
}

function grown(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}

function tooManyBins(size: number): LacunaError {
  return new LacunaError(
    'bad-option',
    `Bins of ${size} × ${size} DNB make more than ${mostBins.toLocaleString('en-US')} observations, which is more than Lacuna holds.`,
    `Choose larger bins: bin=${size < 10 ? 10 : size * 2}, for example.`,
    { bin: size },
  );
}
