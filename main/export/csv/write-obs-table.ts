import type { Column } from '../../dataset/column.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { writeFileAtomically } from '../atomic-target.ts';
import type { ExportOptions, ExportResult } from '../export-source.ts';
import { RowProgress } from '../row-progress.ts';
import { withTextFile } from '../text-file.ts';
import { delimitedLine } from './delimited.ts';
import { obsFields, type ObsArray } from './obs-fields.ts';

export interface ObsTableOptions extends ExportOptions {
  /**
   * `csv` (default) or `tsv`: a line per observation, missing values empty. `json`: one object with an array per
   * field, missing values null; `pandas.DataFrame(json.load(file))` reads it.
   */
  format?: 'csv' | 'tsv' | 'json';
}

const ROWS_PER_TURN = 4096;

/**
 * Writes a table of observations: `barcode`, then annotation columns (clusters, labels), then the dimensions of arrays
 * (latent, embedding). A path that ends in `.gz` is compressed.
 *
 * @param barcodes [nObs]
 * @throws LacunaError `bad-option`, `cancelled`, `disk-full`, `no-access`
 */
export async function writeObsTable(
  path: string,
  barcodes: readonly string[],
  columns: readonly Column[],
  arrays: readonly ObsArray[],
  options: ObsTableOptions = {},
  task: LongTask = {},
): Promise<ExportResult> {
  const format = options.format ?? 'csv';
  const fields = obsFields(barcodes, columns, arrays);
  const nObs = barcodes.length;
  const progress = new RowProgress(task, format === 'json' ? nObs * fields.length : nObs);
  const turn = async (row: number): Promise<void> => {
    if ((row + 1) % ROWS_PER_TURN !== 0 && row + 1 !== nObs) return;
    progress.advance((row % ROWS_PER_TURN) + 1, 'Writing the table');
    await new Promise((resolve) => setImmediate(resolve));
    throwIfCancelled(task.signal);
  };
  const bytes = await writeFileAtomically(path, options.overwrite ?? false, (temporary) =>
    withTextFile(temporary, { gzip: path.endsWith('.gz') }, async (file) => {
      throwIfCancelled(task.signal);
      if (format === 'json') {
        for (const [i, field] of fields.entries()) {
          await file.write(`${i === 0 ? '{' : ','}\n${JSON.stringify(field.name)}: [`);
          for (let row = 0; row < nObs; row++) {
            await file.write(`${row === 0 ? '' : ','}${field.json(row)}`);
            await turn(row);
          }
          await file.write(']');
        }
        await file.write('\n}\n');
        return;
      }
      const header = fields.map((field) => field.name);
      await file.write(delimitedLine(header, format) + '\n');
      for (let row = 0; row < nObs; row++) {
        const line = fields.map((field) => field.text(row));
        await file.write(delimitedLine(line, format) + '\n');
        await turn(row);
      }
    }),
  );
  return { path, bytes, nValues: nObs * (fields.length - 1), warnings: [] };
}
