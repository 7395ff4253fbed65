import { LacunaError } from '../../errors/lacuna-error.ts';
import { fieldError, plainNumber } from './table-number.ts';

/** What the parser does with a column: numbers are kept where they are not zero, text as it is, the rest is passed over. */
export type ColumnUse = 'number' | 'text' | 'skip';

/** One line of a table. The parser fills the same object anew for every line: take what you need. */
export interface TableRow {
  /** From 1, as an editor counts. */
  line: number;
  /** Fields on this line. */
  fields: number;
  /** Of the text columns, in their order. */
  texts: string[];
  /** [length], columns of the numbers that are not zero, ascending */
  columns: Uint32Array;
  /** [length] */
  values: Float64Array;
  length: number;
}

/** How a table is to be split. */
export interface ParserSettings {
  /** The file's name, for errors. */
  file: string;
  /** One character; blanks count as one however many there are. */
  delimiter: string;
  uses: ColumnUse[];
  /** For columns beyond `uses`. */
  otherwise: ColumnUse;
  /** Fields that every line must have; null: any. */
  width: number | null;
  /** Lines at the beginning that are passed over: comments and the heading. */
  preamble: number;
  /** 'zero': an empty field or NA among the numbers is a zero; 'refuse': it is an error. */
  missing: 'zero' | 'refuse';
  /** For errors. */
  columnName(column: number): string;
}

const newlineByte = 10;
const returnByte = 13;
const blank = 32;
const quote = 34;
const dot = 46;
const powersOfTen = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);
/** A field in quotation marks may span lines; one that is never closed would take in the whole file. */
const longestRow = 256 * 1024 * 1024;

/**
 * Reads delimited text (RFC 4180: quoted fields with delimiters, doubled quotes and line breaks in them) from UTF-8 bytes
 * cut anywhere. Lines end with LF, CRLF or, in files of old Macintosh programs, CR alone; blank lines do not count.
 *
 * Ordinary numbers (`0`, `12`, `0.25`) are read digit by digit, without making a string; anything else is looked at closely.
 */
export class TableParser {
  /** Lines completed so far. */
  lines = 0;
  /** True: numbers are passed over once the text of a line is known; for counting lines quickly. */
  textOnly = false;
  readonly #settings: ParserSettings;
  readonly #delimiter: number;
  readonly #lastText: number;
  readonly #onRow: (row: TableRow) => void;
  readonly #row: TableRow = {
    line: 0,
    fields: 0,
    texts: [],
    columns: new Uint32Array(256),
    values: new Float64Array(256),
    length: 0,
  };
  #carry: Buffer = Buffer.alloc(0);
  #newline = 0;
  #started = false;
  /** Where the field that was looked at last ends. */
  #fieldEnd = 0;
  #linesInRow = 0;
  #isEnd = false;
  /** Lines of the preamble that are still to come. */
  #preamble: number;

  constructor(settings: ParserSettings, onRow: (row: TableRow) => void) {
    this.#settings = settings;
    this.#delimiter = settings.delimiter.charCodeAt(0);
    this.#lastText = settings.otherwise === 'text' ? Infinity : settings.uses.lastIndexOf('text');
    this.#onRow = onRow;
    this.#preamble = settings.preamble;
  }

  /** @throws LacunaError `bad-file` with line and column; also whatever `onRow` throws */
  push(piece: Uint8Array): void {
    let bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (!this.#started) {
      if (this.#carry.length + bytes.length < 3) {
        this.#carry = Buffer.concat([this.#carry, bytes]);
        return;
      }
      this.#started = true;
      if (this.#carry.length > 0) bytes = Buffer.concat([this.#carry, bytes]);
      this.#carry = Buffer.alloc(0);
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    }
    if (this.#newline === 0) this.#newline = lineEndOf(bytes);
    const end = this.#newline === 0 ? -1 : bytes.lastIndexOf(this.#newline);
    if (end < 0) {
      this.#carry = Buffer.concat([this.#carry, bytes]);
    } else {
      const complete = bytes.subarray(0, end + 1);
      const whole = this.#carry.length > 0 ? Buffer.concat([this.#carry, complete]) : complete;
      const used = this.#parse(whole);
      this.#carry = Buffer.concat([whole.subarray(used), bytes.subarray(end + 1)]);
    }
    if (this.#carry.length > longestRow) throw this.#unclosed();
  }

  /** The end of the file: takes a last line without a line break. @throws LacunaError `bad-file`, `truncated-file` */
  end(): void {
    if (!this.#started) this.#started = true;
    if (this.#newline === 0) this.#newline = newlineByte;
    if (this.#carry.length === 0) return;
    const rest = Buffer.concat([this.#carry, Buffer.of(this.#newline)]);
    this.#carry = Buffer.alloc(0);
    this.#isEnd = true;
    if (this.#parse(rest) < rest.length) throw this.#unclosed();
  }

  /** @returns how many bytes were used: all, or those before a line whose quotation mark is not closed in them */
  #parse(bytes: Buffer): number {
    const { uses, otherwise, width } = this.#settings;
    const [delimiter, newline, row] = [this.#delimiter, this.#newline, this.#row];
    const runs = delimiter === blank;
    const end = bytes.length;
    let at = 0;
    while (at < end) {
      const rowStart = at;
      row.line = this.lines + 1;
      row.texts.length = 0;
      row.length = 0;
      this.#linesInRow = 1;
      let column = 0;
      for (;;) {
        if (runs) {
          while (bytes[at] === blank) at++;
          if (column > 0 && isLineEnd(bytes, at, newline)) break;
        }
        const use = this.#preamble > 0 ? 'skip' : column < uses.length ? uses[column] : otherwise;
        if (use === 'number') {
          let p = at;
          let byte = bytes[p];
          while (byte === blank) byte = bytes[++p];
          let value = 0;
          let digits = 0;
          while (byte >= 48 && byte <= 57 && digits < 15) {
            value = value * 10 + byte - 48;
            byte = bytes[++p];
            digits++;
          }
          if (byte === dot && digits > 0) {
            // With at most 15 digits both numbers are exact, and so the quotient is the nearest double.
            let decimals = 0;
            byte = bytes[++p];
            while (byte >= 48 && byte <= 57 && digits < 15) {
              value = value * 10 + byte - 48;
              byte = bytes[++p];
              digits++;
              decimals++;
            }
            value /= powersOfTen[decimals];
          }
          if (digits > 0 && (byte === delimiter || byte === newline || isLineEnd(bytes, p, newline))) at = p;
          else {
            const text = this.#field(bytes, at);
            if (text === null) return rowStart;
            at = this.#fieldEnd;
            value = this.#number(text, column, bytes, at);
          }
          if (value !== 0) this.#keep(column, value);
        } else {
          const text = this.#field(bytes, at, use === 'skip');
          if (text === null) return rowStart;
          at = this.#fieldEnd;
          if (use === 'text') row.texts.push(text);
        }
        column++;
        if (bytes[at] === delimiter) {
          at++;
          if (this.textOnly && column > this.#lastText && this.#preamble === 0) {
            at = bytes.indexOf(newline, at);
            column = width ?? column;
            break;
          }
          continue;
        }
        break;
      }
      if (bytes[at] === returnByte && newline !== returnByte) at++;
      at++;
      this.lines += this.#linesInRow;
      row.fields = column;
      if (this.#isBlank(bytes, rowStart, at)) continue;
      if (this.#preamble > 0) {
        this.#preamble--;
        continue;
      }
      if (width !== null && column !== width) throw this.#widthError(column, width, at >= end);
      this.#onRow(row);
    }
    return end;
  }

  /** The field at `at`, without its quotation marks; `null` when it goes on beyond these bytes. Sets `#fieldEnd`. */
  #field(bytes: Buffer, at: number, skip = false): string | null {
    const [delimiter, newline] = [this.#delimiter, this.#newline];
    let start = at;
    if (delimiter !== blank) while (bytes[start] === blank) start++;
    if (bytes[start] !== quote) {
      let end = start;
      while (bytes[end] !== delimiter && bytes[end] !== newline) end++;
      if (bytes[end] === newline && end > start && bytes[end - 1] === returnByte) end--;
      this.#fieldEnd = end;
      return skip ? '' : bytes.toString('utf8', start, end).trim();
    }
    let doubled = false;
    let end = start + 1;
    for (;;) {
      const byte = bytes[end];
      if (byte === undefined) return null;
      if (byte === newline) this.#linesInRow++;
      if (byte === quote) {
        if (bytes[end + 1] !== quote) break;
        doubled = true;
        end++;
      }
      end++;
    }
    let after = end + 1;
    if (delimiter !== blank) while (bytes[after] === blank) after++;
    if (bytes[after] !== delimiter && !isLineEnd(bytes, after, newline)) {
      throw new LacunaError(
        'bad-file',
        `${this.#settings.file}, line ${(this.lines + 1).toLocaleString('en-US')}: a quotation mark is closed before its field ends: ${bytes.toString('utf8', start, Math.min(after + 10, start + 50))} …`,
        'Save the table as CSV again: a quotation mark within a field is written twice.',
        { file: this.#settings.file, line: this.lines + 1 },
      );
    }
    this.#fieldEnd = after;
    const text = skip ? '' : bytes.toString('utf8', start + 1, end);
    return (doubled ? text.replaceAll('""', '"') : text).trim();
  }

  /** The field that ends at `at`, as a number. */
  #number(text: string, column: number, bytes: Buffer, at: number): number {
    const value = plainNumber(text);
    if (value !== null && !Number.isNaN(value)) return value;
    const { file, columnName, missing, width } = this.#settings;
    if (value !== null && missing === 'zero') return 0;
    const endsLine = isLineEnd(bytes, at, this.#newline);
    // A line that ends in the middle has an empty last field.
    if (endsLine && width !== null && column + 1 < width)
      throw this.#widthError(column + 1, width, at >= bytes.length - 2);
    throw fieldError(text, { file, line: this.lines + 1, column: columnName(column) }, endsLine);
  }

  #keep(column: number, value: number): void {
    const row = this.#row;
    if (row.length === row.columns.length) {
      const [columns, values] = [new Uint32Array(row.length * 2), new Float64Array(row.length * 2)];
      columns.set(row.columns);
      values.set(row.values);
      Object.assign(row, { columns, values });
    }
    row.columns[row.length] = column;
    row.values[row.length++] = value;
  }

  #isBlank(bytes: Buffer, from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (bytes[i] > blank) return false;
    // A line of tabs is a line of empty fields.
    return this.#row.fields <= 1;
  }

  #widthError(found: number, width: number, atEnd: boolean): LacunaError {
    const { file } = this.#settings;
    const columns = (n: number) => `${n.toLocaleString('en-US')} ${n === 1 ? 'column' : 'columns'}`;
    const line = this.#row.line;
    if (this.#isEnd && atEnd && found < width) {
      return new LacunaError(
        'truncated-file',
        `The file ends too early: ${file} stops in the middle of line ${line.toLocaleString('en-US')}, after ${columns(found)} of ${width.toLocaleString('en-US')}.`,
        'It was probably cut off while copying: copy it again.',
        { file, line, found, expected: width },
      );
    }
    return new LacunaError(
      'bad-file',
      `${file}, line ${line.toLocaleString('en-US')} has ${columns(found)}, where ${columns(width)} were expected as on the lines before.`,
      found > width && this.#settings.delimiter === ','
        ? 'Numbers with a decimal comma fall apart into two columns: save the table with decimal points. Otherwise choose another delimiter, or mend the line.'
        : 'Mend the line, or choose another delimiter if the table is not split rightly.',
      { file, line, found, expected: width },
    );
  }

  #unclosed(): LacunaError {
    const { file } = this.#settings;
    return new LacunaError(
      'bad-file',
      `${file}: a quotation mark that is opened on line ${(this.lines + 1).toLocaleString('en-US')} is never closed.`,
      'Save the table as CSV again.',
      { file, line: this.lines + 1 },
    );
  }
}

/** LF where there is one (also behind CR); CR alone where there is none; 0 while neither was seen. */
function lineEndOf(bytes: Buffer): number {
  if (bytes.includes(newlineByte)) return newlineByte;
  const at = bytes.indexOf(returnByte);
  // The LF behind a CR at the very end may come with the next bytes.
  return at >= 0 && at < bytes.length - 1 ? returnByte : 0;
}

function isLineEnd(bytes: Buffer, at: number, newline: number): boolean {
  return bytes[at] === newline || (bytes[at] === returnByte && bytes[at + 1] === newline);
}
