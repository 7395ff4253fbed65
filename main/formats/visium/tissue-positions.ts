import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { openCsv } from '../csv/csv-table.ts';
import { openParquet } from '../parquet/parquet-table.ts';
import { cellNumber, cellText } from '../row-batch.ts';
import { throttledReport } from '../throttled-report.ts';

/** Where the spots of a matrix lie. All arrays are [nObs], in the order of the matrix. */
export interface TissuePositions {
  /** 1 where the table has a line for the barcode. */
  known: Uint8Array;
  /** 1 under tissue. */
  inTissue: Uint8Array;
  arrayRow: Float64Array;
  arrayCol: Float64Array;
  /** Pixel of the full-resolution image, from its left edge. */
  x: Float64Array;
  /** … from its upper edge. */
  y: Float64Array;
}

/** The columns in the order of `tissue_positions_list.csv`, which has no heading. */
const columns = ['barcode', 'in_tissue', 'array_row', 'array_col', 'pxl_row_in_fullres', 'pxl_col_in_fullres'];

/**
 * Reads the lines of the barcodes in the matrix from `tissue_positions_list.csv` (Space Ranger 1.x, no heading),
 * `tissue_positions.csv` (2.0 and later) or `tissue_positions.parquet` (HD). A table of HD has millions of lines: only
 * those of the matrix are kept.
 *
 * Source: Space Ranger documentation, "Spatial outputs", tissue positions.
 *
 * @throws LacunaError `bad-file` with the line, `truncated-file`
 */
export async function readPositions(
  path: string,
  barcodes: readonly string[],
  task: LongTask,
): Promise<TissuePositions> {
  const table = path.endsWith('.parquet') ? await openParquet(path) : await openCsv(path, columns);
  const missing = columns.filter((name) => !table.names.includes(name));
  if (missing.length > 0)
    throw new LacunaError(
      'bad-file',
      `${basename(path)} has no column ${missing.join(', ')} (it has ${table.names.join(', ')}).`,
      'Take the file as Space Ranger wrote it, in the folder spatial of the run.',
      { file: path, missing },
    );
  const n = barcodes.length;
  const rows = new Map(barcodes.map((barcode, i) => [barcode, i]));
  const numbers = () => new Float64Array(n).fill(NaN);
  const found: TissuePositions = {
    known: new Uint8Array(n),
    inTissue: new Uint8Array(n),
    arrayRow: numbers(),
    arrayCol: numbers(),
    x: numbers(),
    y: numbers(),
  };
  const report = throttledReport(task);
  let line = 0;
  for await (const { nRows, columns: values, fraction } of table.batches(columns, task.signal)) {
    const [barcode, inTissue, arrayRow, arrayCol, y, x] = values;
    for (let i = 0; i < nRows; i++, line++) {
      const row = rows.get(cellText(barcode[i]));
      if (row === undefined) continue;
      found.known[row] = 1;
      found.inTissue[row] = cellNumber(inTissue[i]) === 1 ? 1 : 0;
      found.arrayRow[row] = cellNumber(arrayRow[i]);
      found.arrayCol[row] = cellNumber(arrayCol[i]);
      found.x[row] = cellNumber(x[i]);
      found.y[row] = cellNumber(y[i]);
      if (!Number.isFinite(found.x[row]) || !Number.isFinite(found.y[row])) throw noNumber(path, barcodes[row]);
    }
    report({ stage: 'Reading the positions', fraction });
  }
  return found;
}

function noNumber(path: string, barcode: string): LacunaError {
  return new LacunaError(
    'bad-file',
    `${basename(path)}: the pixel position of ${barcode} is no number.`,
    'Take the file as Space Ranger wrote it, in the folder spatial of the run.',
    { file: path, barcode },
  );
}
