import { cellLikeness, idWord } from './column-names.ts';
import type { TableSketch } from './describe-table.ts';

export type Orientation = 'cells-in-rows' | 'genes-in-rows';

/** Names of genes that nearly every expression table has. */
const common = new Set(
  ['actb', 'gapdh', 'malat1', 'b2m', 'eef1a1', 'rplp0', 'rps27', 'rpl13', 'mt-co1', 'mt-nd1', 'ubc', 'calm1', 'tubb5', 'gad1', 'slc17a7', 'cd3e', 'ptprc', 'vim', 'alb'], // prettier-ignore
);

/**
 * Whether the rows of a counts table are cells or genes: told by the names that the table of positions has too, by the
 * heading over the row names, by names that look as those of cells, and by well known genes. Without any hint: cells.
 *
 * @param cells names of cells, where another table names some; `null` where there is none
 */
export function guessOrientation(counts: TableSketch, cells: ReadonlySet<string> | null): Orientation {
  const { head, id, x, values } = counts;
  if (x >= 0) return 'cells-in-rows';
  const across = values.map((c) => head.columns[c]).filter((name) => name !== '');
  const down = id < 0 ? [] : head.rows.map((row) => row[id] ?? '');
  if (cells !== null) {
    const share = (names: string[]) => names.filter((name) => cells.has(name)).length / Math.max(1, names.length);
    const [byRow, byColumn] = [share(down), share(across)];
    if (byRow !== byColumn) return byRow > byColumn ? 'cells-in-rows' : 'genes-in-rows';
  }
  const word = id < 0 ? null : idWord(head.columns[id]);
  if (word === 'gene') return 'genes-in-rows';
  if (word === 'cell' || id < 0) return 'cells-in-rows';
  const difference = cellLikeness(down) - cellLikeness(across);
  if (Math.abs(difference) > 0.3) return difference > 0 ? 'cells-in-rows' : 'genes-in-rows';
  const known = (names: string[]) => names.filter((name) => common.has(name.toLowerCase())).length;
  const [genesDown, genesAcross] = [known(down), known(across)];
  if (genesDown !== genesAcross) return genesDown > genesAcross ? 'genes-in-rows' : 'cells-in-rows';
  return 'cells-in-rows';
}
