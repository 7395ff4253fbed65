import type { Column } from '../../dataset/column.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { writeFileAtomically } from '../atomic-target.ts';
import type { ExportOptions, ExportResult } from '../export-source.ts';
import { doubleText, float32Text } from '../number-text.ts';
import { RowProgress } from '../row-progress.ts';
import { withTextFile } from '../text-file.ts';
import { delimitedLine, type Delimiter } from './delimited.ts';

export interface ObsCsvOptions extends ExportOptions {
  delimiter?: Delimiter;
}

/** A block of numbers aligned to the observations: a latent, an embedding. */
export interface ObsArray {
  /** Columns are called `name_1`, `name_2` … */
  name: string;
  nDim: number;
  /** [nObs, nDim], row-major */
  values: Float32Array | Float64Array;
}

const ROWS_PER_TURN = 4096;

/**
 * Writes a table with a line per observation: `barcode`, then annotation columns (clusters, labels), then the
 * dimensions of arrays (latent, embedding). Missing values are empty fields.
 *
 * @param barcodes [nObs]
 * @throws LacunaError `bad-option`, `cancelled`, `disk-full`, `no-access`
 */
export async function writeObsCsv(
  path: string,
  barcodes: readonly string[],
  columns: readonly Column[],
  arrays: readonly ObsArray[],
  options: ObsCsvOptions = {},
  task: LongTask = {},
): Promise<ExportResult> {
  const delimiter = options.delimiter ?? 'csv';
  const header = [
    'barcode',
    ...columns.map((column) => column.name),
    ...arrays.flatMap((array) => Array.from({ length: array.nDim }, (_, i) => `${array.name}_${i + 1}`)),
  ];
  const bytes = await writeFileAtomically(path, options.overwrite ?? false, (temporary) =>
    withTextFile(temporary, { gzip: path.endsWith('.gz') }, async (file) => {
      await file.write(delimitedLine(header, delimiter) + '\n');
      const progress = new RowProgress(task, barcodes.length);
      for (let row = 0; row < barcodes.length; row++) {
        const fields = [barcodes[row], ...columns.map((column) => columnText(column, row))];
        for (const array of arrays) {
          const text = array.values instanceof Float32Array ? float32Text : doubleText;
          for (let dim = 0; dim < array.nDim; dim++) fields.push(text(array.values[row * array.nDim + dim]));
        }
        await file.write(delimitedLine(fields, delimiter) + '\n');
        if ((row + 1) % ROWS_PER_TURN === 0 || row + 1 === barcodes.length) {
          progress.advance((row % ROWS_PER_TURN) + 1, 'Writing the table');
          await new Promise((resolve) => setImmediate(resolve));
          throwIfCancelled(task.signal);
        }
      }
    }),
  );
  return { path, bytes, nValues: barcodes.length * (header.length - 1), warnings: [] };
}

function columnText(column: Column, row: number): string {
  switch (column.kind) {
    case 'numeric':
      return doubleText(column.values[row]);
    case 'string':
      return column.values[row];
    case 'categorical':
      return column.codes[row] < 0 ? '' : column.categories[column.codes[row]];
  }
}
