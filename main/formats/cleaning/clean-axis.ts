import type { Column } from '../../dataset/column.ts';
import type { AxisTable } from '../../dataset/dataset-source.ts';
import { uniqueNames } from './unique-names.ts';

/** An axis as a file has it: names may be empty or occur twice. */
export interface RawAxis {
  names: string[];
  /** [n], identifiers to fall back on where a name is empty. */
  ids: string[] | null;
  columns: Column[];
}

/** The axis with unique names, and a sentence for everything that was changed. */
export interface CleanAxis {
  table: AxisTable;
  warnings: string[];
}

const words = {
  gene: { prefix: 'gene', many: 'genes', name: 'gene names', column: 'original_name' },
  cell: { prefix: 'cell', many: 'cells', name: 'barcodes', column: 'original_barcode' },
};

/**
 * Makes the names of an axis unique and non-empty. Where any name changed, a column keeps the names as they were in
 * the file.
 */
export function cleanAxis(raw: RawAxis, axis: keyof typeof words): CleanAxis {
  const { names, renamed, filled, example } = uniqueNames(raw.names, raw.ids, words[axis].prefix);
  const { many, name, column, prefix } = words[axis];
  const warnings: string[] = [];
  if (filled > 0) {
    const instead = raw.ids ? 'their identifier' : `'${prefix}-' and their number`;
    warnings.push(`${count(filled, many)} had no name and got ${instead} instead.`);
  }
  if (renamed > 0) {
    warnings.push(
      `${count(renamed, many)} had the same name as another one (${example}, for instance): they got '-1', '-2' … at the end.`,
    );
  }
  const columns = uniqueColumnNames(raw.columns);
  if (renamed + filled > 0 && !columns.some((existing) => existing.name === column)) {
    columns.push({ kind: 'string', name: column, values: [...raw.names] });
    warnings.push(`The ${name} as they are in the file were kept in the column '${column}'.`);
  }
  return { table: { names, columns }, warnings };
}

/** Columns are found by name: a second one of the same name gets a suffix, an empty name a placeholder. */
function uniqueColumnNames(columns: readonly Column[]): Column[] {
  const { names } = uniqueNames(
    columns.map((column) => column.name),
    null,
    'column',
  );
  return columns.map((column, i) => ({ ...column, name: names[i] }));
}

function count(n: number, many: string): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? many.replace(/s$/, '') : many}`;
}
