import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { LacunaError } from '../../errors/lacuna-error.ts';

const delimiters = [',', '\t', ';', '|', ' '];

/**
 * A CSV or TSV as fields, whatever its delimiter; quoted fields may hold delimiters, quotes and line breaks.
 * @throws LacunaError `bad-file` with the line
 */
export function delimitedTable(path: string, content: string): string[][] {
  try {
    return parse(content, {
      bom: true,
      delimiter: guessDelimiter(content),
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    const line = error instanceof CsvError ? Number(error['lines'] ?? NaN) : NaN;
    const place = Number.isFinite(line) ? `, line ${line.toLocaleString('en-US')}` : '';
    const why =
      error instanceof CsvError && /quote/i.test(error.code)
        ? 'a quotation mark is opened and not closed, or closed too early'
        : 'it cannot be split into columns';
    throw new LacunaError(
      'bad-file',
      `${basename(path)}${place}: ${why}. A table in CSV or TSV was expected.`,
      'Save the table as CSV again.',
      { file: path },
      error,
    );
  }
}

/** The delimiter that splits the first lines into the same number of fields, and the most of them. */
export function guessDelimiter(content: string): string {
  const lines = firstLines(content, 10);
  let best = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    // R leaves out the heading of the row names, so the first line may have one field less.
    const steady = counts.slice(1).every((count) => count === counts[1]);
    const score = Math.min(...counts) * (steady ? 100 : 1);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** Lines without what stands in quotation marks, where delimiters mean nothing. */
function firstLines(content: string, n: number): string[] {
  return content
    .slice(0, 65_536)
    .replace(/"[^"]*"/g, '""')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, n);
}
