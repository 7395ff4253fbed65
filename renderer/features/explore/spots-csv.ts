/** One column of a table of spots. */
export interface SpotColumn {
  heading: string;
  /** What stands in the line of an observation. */
  at: (obs: number) => string | number | null;
}

/** A table of some observations as CSV (RFC 4180), a line each; numbers with a point, what is missing is empty. */
export function spotsCsv(columns: readonly SpotColumn[], obs: Iterable<number>): string {
  const lines = [columns.map(({ heading }) => quoted(heading)).join(',')];
  for (const one of obs) {
    lines.push(
      columns
        .map(({ at }) => {
          const value = at(one);
          if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
          return typeof value === 'number' ? String(value) : quoted(value);
        })
        .join(','),
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
