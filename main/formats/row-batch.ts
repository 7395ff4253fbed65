/** A run of rows of a table, column by column: text from a CSV, typed values from a Parquet file. */
export interface RowBatch {
  nRows: number;
  /** [nColumns][nRows], in the order of the names that were asked for */
  columns: ArrayLike<unknown>[];
  /** Share of the file that has been read. */
  fraction: number;
}

/** A table that is read a run of rows at a time. */
export interface BatchedTable {
  path: string;
  /** Names of all columns. */
  names: string[];
  /**
   * Streams the columns `names`, or all of them.
   * @throws LacunaError `bad-file`, `truncated-file`, `cancelled`
   */
  batches(names: readonly string[], signal?: AbortSignal): AsyncIterable<RowBatch>;
}

/** A cell of a table as text; nothing where it is missing. */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return '';
}

/** A cell of a table as a number; NaN where it is missing or no number. Booleans are 1 and 0. */
export function cellNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || value === '') return NaN;
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true' ? 1 : 0;
  return Number(value);
}
