/** `csv`: commas; `tsv`: tabs. Both quote as RFC 4180 says. */
export type Delimiter = 'csv' | 'tsv';

/** One line without its end; fields that hold the separator, quotes or line ends are quoted. */
export function delimitedLine(fields: readonly string[], delimiter: Delimiter): string {
  const separator = delimiter === 'csv' ? ',' : '\t';
  return fields.map((field) => quoted(field, separator)).join(separator);
}

function quoted(field: string, separator: string): string {
  // Leading and trailing blanks are lost by some readers unless quoted.
  const needed = field.includes(separator) || /["\r\n]/.test(field) || /^\s|\s$/.test(field);
  return needed ? `"${field.replaceAll('"', '""')}"` : field;
}
