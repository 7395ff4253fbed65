/** The figures behind a chart, for people who do not see it. */
export interface ChartTable {
  columns: string[];
  /** [rows][columns]; numbers as they are to be read. */
  rows: (string | number)[][];
}

/** Rows that a listener can take in; more are thinned evenly, the first and the last always stay. */
export function thinnedRows(table: ChartTable, most = 60): ChartTable {
  const { columns, rows } = table;
  if (rows.length <= most) return table;
  const step = (rows.length - 1) / (most - 1);
  return { columns, rows: Array.from({ length: most }, (_, i) => rows[Math.round(i * step)]) };
}

/** A table as CSV (RFC 4180), with a heading. */
export function tableCsv({ columns, rows }: ChartTable): string {
  return `${[columns, ...rows].map((row) => row.map((cell) => quoted(String(cell))).join(',')).join('\r\n')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
