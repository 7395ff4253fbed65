import type { Column } from '../../dataset/column.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { textVector } from './h5ad-vectors.ts';

const HEX = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i;

/**
 * Columns of obs with the colours that scanpy keeps for their groups in `uns["NAME_colors"]`. Colours that are not one
 * for each category in hexadecimal are left where they are: they are no reason to refuse a file.
 */
export function withCategoryColours(file: Hdf5File, columns: readonly Column[]): Column[] {
  return columns.map((column) => {
    if (column.kind !== 'categorical') return column;
    const place = `uns/${column.name}_colors`;
    if (file.kind(place) !== 'dataset' || file.info(place).kind !== 'string') return column;
    const colours = textVector(file, place, 'colours of groups');
    if (colours.length !== column.categories.length || !colours.every((colour) => HEX.test(colour))) return column;
    return { ...column, colours: colours.map((colour) => colour.slice(0, 7).toLowerCase()) };
  });
}
