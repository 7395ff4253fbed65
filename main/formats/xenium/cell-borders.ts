import type { LongTask } from '../../dataset/progress.ts';
import type { CellBorders } from '../../dataset/spatial-layout.ts';
import { cellNumber, cellText } from '../row-batch.ts';
import { throttledReport } from '../throttled-report.ts';
import { openTenxTable } from './cell-table.ts';

const required = ['cell_id', 'vertex_x', 'vertex_y'];

/**
 * Reads `cell_boundaries.parquet` or `.csv.gz`: one line a vertex, in µm, the vertices of a cell in order. Of a cell
 * with several outlines (`label_id` tells them apart) the first is kept, and the vertex that closes a ring is left out.
 *
 * @throws LacunaError `bad-file`, `truncated-file`
 */
export async function readBorders(path: string, cells: readonly string[], task: LongTask): Promise<CellBorders> {
  const table = await openTenxTable(path, required);
  const labelled = table.names.includes('label_id');
  const rows = new Map(cells.map((cell, i) => [cell, i]));
  const labels = new Map<number, string>();
  let owners = new Int32Array(1 << 16);
  let points = new Float32Array(1 << 17);
  let n = 0;
  const report = throttledReport(task);
  for await (const batch of table.batches(labelled ? [...required, 'label_id'] : required, task.signal)) {
    const [id, x, y, label] = batch.columns;
    for (let i = 0; i < batch.nRows; i++) {
      const row = rows.get(cellText(id[i]));
      if (row === undefined) continue;
      if (labelled) {
        const first = labels.get(row);
        if (first === undefined) labels.set(row, cellText(label[i]));
        else if (first !== cellText(label[i])) continue;
      }
      if (n === owners.length) {
        const [moreOwners, morePoints] = [new Int32Array(n * 2), new Float32Array(n * 4)];
        moreOwners.set(owners);
        morePoints.set(points);
        [owners, points] = [moreOwners, morePoints];
      }
      owners[n] = row;
      points[2 * n] = cellNumber(x[i]);
      points[2 * n + 1] = cellNumber(y[i]);
      n++;
    }
    report({ stage: 'Reading the borders of the cells', fraction: batch.fraction });
  }
  return openRings(byCell(owners.subarray(0, n), points, cells.length));
}

/** The vertices sorted by cell, those of a cell in the order of the file. */
function byCell(owners: Int32Array, points: Float32Array, nCells: number): CellBorders {
  const offsets = new Uint32Array(nCells + 1);
  for (const owner of owners) offsets[owner + 1]++;
  for (let i = 0; i < nCells; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice(0, nCells);
  const vertices = new Float32Array(owners.length * 2);
  owners.forEach((owner, i) => {
    const at = next[owner]++;
    vertices[2 * at] = points[2 * i];
    vertices[2 * at + 1] = points[2 * i + 1];
  });
  return { offsets, vertices };
}

/** Without the last vertex where it repeats the first. */
function openRings({ offsets, vertices }: CellBorders): CellBorders {
  const nCells = offsets.length - 1;
  const open: CellBorders = { offsets: new Uint32Array(nCells + 1), vertices: new Float32Array(vertices.length) };
  let n = 0;
  for (let i = 0; i < nCells; i++) {
    const [from, to] = [offsets[i], offsets[i + 1]];
    const closes =
      to - from > 1 && vertices[2 * from] === vertices[2 * to - 2] && vertices[2 * from + 1] === vertices[2 * to - 1];
    const end = closes ? to - 1 : to;
    open.vertices.set(vertices.subarray(2 * from, 2 * end), 2 * n);
    n += end - from;
    open.offsets[i + 1] = n;
  }
  return { offsets: open.offsets, vertices: open.vertices.slice(0, 2 * n) };
}
