import { MARKER_COLUMNS } from '../../../main/contract/markers/marker-columns.ts';

/**
 * Positions of genes in an order: by a column, or by name.
 *
 * @param values [nGenes, MARKER_COLUMNS.length]
 * @param by a column; 'gene' for the names
 * @param query leaves genes whose name holds it
 */
export function rankGenes(
  names: readonly string[],
  values: Float32Array,
  by: string,
  ascending: boolean,
  query: string,
): Int32Array {
  const wanted = query.trim().toLowerCase();
  const chosen: number[] = [];
  names.forEach((name, i) => (wanted === '' || name.toLowerCase().includes(wanted)) && chosen.push(i));
  const sign = ascending ? 1 : -1;
  if (by === 'gene') chosen.sort((a, b) => sign * names[a].localeCompare(names[b], 'en', { numeric: true }));
  else {
    const width = MARKER_COLUMNS.length;
    const at = MARKER_COLUMNS.indexOf(by);
    const tie = MARKER_COLUMNS.indexOf('cohensD_mean');
    const compare = (a: number, b: number, column: number): number => {
      const [x, y] = [values[a * width + column], values[b * width + column]];
      // What is not a number stands last, whichever way.
      if (Number.isNaN(x) || Number.isNaN(y)) return (Number.isNaN(x) ? 1 : 0) - (Number.isNaN(y) ? 1 : 0);
      return x === y ? 0 : x < y ? -1 : 1;
    };
    chosen.sort((a, b) => {
      const missing = Number(Number.isNaN(values[a * width + at])) - Number(Number.isNaN(values[b * width + at]));
      return missing || sign * compare(a, b, at) || -compare(a, b, tie) || a - b;
    });
  }
  return Int32Array.from(chosen);
}
