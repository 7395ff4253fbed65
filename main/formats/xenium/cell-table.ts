import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Column } from '../../dataset/column.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { openCsv } from '../csv/csv-table.ts';
import { typedColumn } from '../labels/typed-column.ts';
import { openParquet } from '../parquet/parquet-table.ts';
import { cellNumber, cellText } from '../row-batch.ts';
import type { BatchedTable } from '../row-batch.ts';
import { throttledReport } from '../throttled-report.ts';

/** The table of cells in the order of the matrix. */
export interface CellTable {
  /** [nObs], 1 where the table has a line for the cell */
  known: Uint8Array;
  /** [nObs, 2], centroids in µm; NaN where there is no line */
  centroids: Float64Array;
  /** Everything else that is told of the cells. */
  columns: Column[];
}

const required = ['cell_id', 'x_centroid', 'y_centroid'];

/** A table of 10x Genomics, Parquet or CSV by its name. @throws LacunaError */
export async function openTenxTable(path: string, needed: readonly string[]): Promise<BatchedTable> {
  const table = path.endsWith('.parquet') ? await openParquet(path) : await openCsv(path);
  const missing = needed.filter((name) => !table.names.includes(name));
  if (missing.length === 0) return table;
  throw new LacunaError(
    'bad-file',
    `${basename(path)} has no column ${missing.join(', ')} (it has ${table.names.join(', ')}).`,
    'Take the file as the Xenium Analyzer wrote it.',
    { file: path, missing },
  );
}

/**
 * Reads `cells.parquet` or `cells.csv.gz`: one line a cell, joined by `cell_id`.
 *
 * Source: 10x Genomics, "Understanding Xenium Outputs", cell summary file.
 *
 * @throws LacunaError `bad-file`, `truncated-file`
 */
export async function readCells(path: string, cells: readonly string[], task: LongTask): Promise<CellTable> {
  const table = await openTenxTable(path, required);
  const others = table.names.filter((name) => !required.includes(name) && name !== '');
  const rows = new Map(cells.map((cell, i) => [cell, i]));
  const known = new Uint8Array(cells.length);
  const centroids = new Float64Array(cells.length * 2).fill(NaN);
  const values = others.map(() => new Array<unknown>(cells.length));
  const report = throttledReport(task);
  for await (const { nRows, columns, fraction } of table.batches([...required, ...others], task.signal)) {
    const [id, x, y, ...rest] = columns;
    for (let i = 0; i < nRows; i++) {
      const row = rows.get(cellText(id[i]));
      if (row === undefined) continue;
      known[row] = 1;
      centroids[2 * row] = cellNumber(x[i]);
      centroids[2 * row + 1] = cellNumber(y[i]);
      for (let c = 0; c < rest.length; c++) values[c][row] = rest[c][i];
    }
    report({ stage: 'Reading the cells', fraction });
  }
  return { known, centroids, columns: others.map((name, c) => columnOf(name, values[c])) };
}

function columnOf(name: string, values: readonly unknown[]): Column {
  const isNumber = (value: unknown) => value == null || typeof value === 'number' || typeof value === 'bigint';
  if (values.every(isNumber)) return { kind: 'numeric', name, values: Float64Array.from(values, cellNumber) };
  return typedColumn(name, values.map(cellText));
}
