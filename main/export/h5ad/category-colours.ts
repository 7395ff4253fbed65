import type { Group } from 'h5wasm/node';
import type { Column } from '../../dataset/column.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { writeStrings } from './encoding.ts';

/**
 * Colours that somebody chose for the groups of a column, where scanpy looks for them: `uns["X_colors"]`, one for each
 * category in the order of the categories (scanpy, "Plotting", `scanpy.pl.embedding`).
 */
export async function writeCategoryColours(file: Hdf5File, uns: Group, columns: readonly Column[]): Promise<void> {
  for (const column of columns) {
    // A slash would open a subgroup, and the column has another name in the file.
    if (column.kind !== 'categorical' || column.colours === undefined || column.name.includes('/')) continue;
    if (column.colours.length !== column.categories.length || column.colours.length === 0) continue;
    await writeStrings(file, uns, `${column.name}_colors`, column.colours);
  }
}
