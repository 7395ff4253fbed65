import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { firstContent } from '../file-bytes.ts';
import { guessDelimiter } from '../labels/delimited-table.ts';
import { plainNumber } from './table-number.ts';
import { TableParser } from './table-parser.ts';

/** The beginning of a table and how it is split. */
export interface TableHead {
  path: string;
  /** Size of the file. */
  bytes: number;
  delimiter: string;
  hasHeader: boolean;
  /** Lines of comments before the table. */
  skipped: number;
  /** Names from the heading, '' where there is none; one for each column of the rows. */
  columns: string[];
  /** The first rows below the heading. */
  rows: string[][];
  /** True when `rows` is all there is. */
  isWhole: boolean;
}

/** How to split a table, where a person has said so. */
export interface HeadWishes {
  delimiter?: string;
  hasHeader?: boolean;
}

const most = { rows: 2000, fields: 200_000, bytes: 64 * 1024 * 1024 };

/**
 * Looks at the beginning of a text table.
 * @returns `null` when the content is no text that splits into columns
 * @throws LacunaError `bad-file` for text that Lacuna cannot read (UTF-16, an open quotation mark)
 */
export async function readHead(path: string, wishes: HeadWishes = {}): Promise<TableHead | null> {
  const { size } = await stat(path);
  const { content, isWhole } = await beginning(path);
  if (content.length === 0) return null;
  if ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)) {
    throw new LacunaError(
      'bad-file',
      `${basename(path)} is written in UTF-16, where UTF-8 or plain ASCII was expected.`,
      "Save it again as 'CSV UTF-8'.",
      { file: path },
    );
  }
  const text = content.toString('utf8').replace(/^\uFEFF/, '');
  if (/[\0-\x08\x0b\x0e-\x1a]/.test(text.slice(0, 4096)) || !/[\r\n]/.test(text)) return null;
  const skipped = commentLines(text);
  const body = text
    .split(/\r\n|\n|\r/)
    .slice(skipped, skipped + 20)
    .join('\n');
  const delimiter = wishes.delimiter ?? guessDelimiter(body);
  const lines = splitHead(path, content, delimiter, isWhole).slice(skipped);
  if (lines.length === 0) return null;
  // R writes no heading over the row names: the first line is then one field short.
  const width = lines.length > 1 ? lines[1].length : lines[0].length;
  const shifted =
    lines.length > 1 && lines[0].length === width - 1 && lines.slice(1).every((row) => row.length === width);
  const hasHeader = wishes.hasHeader ?? (shifted || looksLikeHeading(lines));
  const heading = !hasHeader ? [] : shifted ? ['', ...lines[0]] : lines[0];
  const columns = Array.from({ length: hasHeader && !shifted ? heading.length : width }, (_, i) => heading[i] ?? '');
  if (columns.length < 2) return null;
  return {
    path,
    bytes: size,
    delimiter,
    hasHeader,
    skipped,
    columns,
    rows: hasHeader ? lines.slice(1) : lines,
    isWhole,
  };
}

/** Enough of the file for some lines: those of a table with genes in rows may have a megabyte each. */
async function beginning(path: string): Promise<{ content: Buffer; isWhole: boolean }> {
  for (let length = 262_144; ; length *= 8) {
    const content = await firstContent(path, length);
    const isWhole = content.length < length;
    let ends = 0;
    for (let at = content.indexOf(10); at >= 0 && ends < 4; at = content.indexOf(10, at + 1)) ends++;
    if (isWhole || ends === 4 || length >= most.bytes) return { content, isWhole };
  }
}

/** Complete lines as fields, up to the limits. */
function splitHead(path: string, content: Buffer, delimiter: string, isWhole: boolean): string[][] {
  const rows: string[][] = [];
  let fields = 0;
  const enough = Symbol('enough');
  const parser = new TableParser(
    {
      file: basename(path),
      delimiter,
      uses: [],
      otherwise: 'text',
      width: null,
      preamble: 0,
      missing: 'refuse',
      columnName: String,
    },
    ({ texts }) => {
      rows.push([...texts]);
      fields += texts.length;
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      if (rows.length >= most.rows || (fields >= most.fields && rows.length >= 3)) throw enough;
    },
  );
  try {
    parser.push(content);
    if (isWhole) parser.end();
  } catch (error) {
    if (error !== enough) throw error;
  }
  return rows;
}

/** Lines that begin with '#' count as comments, except when the table itself begins so ('#barcode,x,y'). */
function commentLines(text: string): number {
  const lines = text.slice(0, 65_536).split(/\r\n|\n|\r/);
  let n = 0;
  while (n < lines.length - 1 && lines[n].startsWith('#')) n++;
  if (n === 0) return 0;
  const fields = (line: string) => line.split(guessDelimiter(lines.slice(n).join('\n'))).length;
  return fields(lines[n - 1]) === fields(lines[n]) && fields(lines[n]) > 1 ? n - 1 : n;
}

/** A heading names what is below: it has words where the rows have numbers, or numbers that never repeat. */
function looksLikeHeading([first, ...rest]: string[][]): boolean {
  if (rest.length === 0) return first.some((field) => plainNumber(field) === null);
  const isNumber = (field: string | undefined) => field !== undefined && plainNumber(field) !== null;
  const columns = first.map((_, c) => c);
  const numeric = columns.filter((c) => rest.slice(0, 20).every((row) => isNumber(row[c])));
  if (numeric.length === 0) return true;
  if (numeric.some((c) => !isNumber(first[c]))) return true;
  // All numbers: cells that are only numbered, above rows in which values repeat.
  const named = numeric.filter((c) => first[c] !== '');
  if (named.length < 3) return named.length < numeric.length;
  const distinct = new Set(named.map((c) => first[c]));
  const below = new Set(named.map((c) => rest[0][c]));
  return distinct.size === named.length && below.size < named.length / 2;
}
