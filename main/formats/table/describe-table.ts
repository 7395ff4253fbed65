import { basename } from 'node:path';
import { axisColumn, idWord, isMeasure, isNumeric } from './column-names.ts';
import type { TableHead } from './table-head.ts';

/** What a table seems to hold, by its headings, its first rows and its name. */
export interface TableSketch {
  head: TableHead;
  /** [columns] */
  numeric: boolean[];
  /** Column of the names of the rows; -1 where there is none. */
  id: number;
  x: number;
  y: number;
  z: number;
  /** Columns of numbers that may count genes (or cells). */
  values: number[];
  /** `counts`: a matrix; `places`: positions of cells; `notes`: annotations or anything else. */
  kind: 'counts' | 'places' | 'notes';
}

const countsName = /count|matrix|expr|dge|by_?gene|x_?gene|gene_?x|umi|volnorm/i;
const placesName = /locat|posit|coord|centroid|meta|spatial|annot|label|cluster|obs|cells?[._-]/i;

/** Rows that are looked at; a table of annotations shows what it is in few. */
const looked = 200;

export function describeTable(head: TableHead): TableSketch {
  const { columns, hasHeader } = head;
  const rows = head.rows.slice(0, looked);
  const numeric = columns.map((_, c) => isNumeric(rows.map((row) => row[c] ?? '')));
  let [x, y, z] = (['x', 'y', 'z'] as const).map((axis) => {
    const at = hasHeader ? axisColumn(columns, axis) : -1;
    return at >= 0 && numeric[at] ? at : -1;
  });
  if (x < 0 || y < 0) [x, y, z] = [-1, -1, -1];
  const id = idColumn(head, numeric, rows, [x, y, z]);
  const values = columns
    .map((_, c) => c)
    .filter((c) => numeric[c] && c !== id && c !== x && c !== y && c !== z && !(hasHeader && isMeasure(columns[c])));
  const sketch = { head, numeric, id, x, y, z, values };
  const name = basename(head.path);
  const [saysCounts, saysPlaces] = [countsName.test(name), placesName.test(name)];
  if (!hasHeader && values.length >= 2 && values.length <= 3 && !saysCounts) {
    // Without headings: barcode, x, y. That x and y are the first numbers is taken up where they are chosen.
    return { ...sketch, kind: 'places' };
  }
  const few = values.length < 30 && !saysCounts;
  if (x >= 0) return { ...sketch, kind: values.length === 0 || (few && saysPlaces) ? 'places' : 'counts' };
  return { ...sketch, kind: values.length < 2 || (few && saysPlaces) ? 'notes' : 'counts' };
}

/**
 * The column within whose values the names in `id` are unique: CosMx numbers the cells of each field of view from 1.
 * -1 where names are unique by themselves.
 */
export function withinColumn(columns: readonly string[], id: number): number {
  return /^cell_?id$/i.test(columns[id] ?? '') ? columns.findIndex((name) => /^fov$/i.test(name)) : -1;
}

/** The column that names the rows: by its heading, else the first with text that never repeats, else numbers from 0 or 1. */
function idColumn({ columns }: TableHead, numeric: boolean[], rows: string[][], taken: number[]): number {
  const distinct = (c: number) => {
    const within = withinColumn(columns, c);
    return new Set(rows.map((row) => (within < 0 ? row[c] : `${row[within]}_${row[c]}`))).size === rows.length;
  };
  const free = columns.map((_, c) => c).filter((c) => !taken.includes(c));
  for (const wanted of [['cell', 'gene'], ['id']]) {
    const at = free.find((c) => wanted.includes(idWord(columns[c]) ?? '') && distinct(c));
    if (at !== undefined) return at;
  }
  const text = free.slice(0, 10).find((c) => !numeric[c] && distinct(c));
  if (text !== undefined) return text;
  const [first] = free;
  if (first !== 0 || !numeric[0] || !distinct(0)) return -1;
  // Row numbers, or identifiers under no heading as pandas writes its index.
  const counted = rows.every((row, i) => Number(row[0]) === Number(rows[0][0]) + i && Number.isInteger(Number(row[0])));
  return columns[0] === '' || (counted && rows.length > 2) ? 0 : -1;
}
