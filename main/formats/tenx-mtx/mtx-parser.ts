import { LacunaError } from '../../errors/lacuna-error.ts';

/** The first lines of a MatrixMarket file. Rows are genes in 10x files, columns are cells. */
export interface MtxHeader {
  field: 'integer' | 'real' | 'pattern';
  rows: number;
  columns: number;
  entries: number;
}

const newline = 10;
const carriageReturn = 13;
const tab = 9;
const space = 32;
const dot = 46;
const percent = 37;
const powersOfTen = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);

/**
 * Reads the MatrixMarket coordinate format (Boisvert, Pozo, Remington: The Matrix Market Exchange Formats, NISTIR 5935)
 * from bytes cut anywhere. After each `push` the entries of all lines completed by it stand in `rows`, `columns` and
 * `values`; the next `push` overwrites them.
 *
 * Ordinary lines (`12 7 3`, `12 7 0.25`) are read digit by digit; anything else goes through a slow path, which knows
 * exponents and signs and words the errors.
 */
export class MtxParser {
  header: MtxHeader | null = null;
  /** [length], from 0 */
  rows = new Uint32Array(0);
  /** [length], from 0 */
  columns = new Uint32Array(0);
  /** [length] */
  values = new Float64Array(0);
  /** Entries of the last `push`. */
  length = 0;
  /** Entries of all pushes. */
  total = 0;
  /** Lines completed so far. */
  lines = 0;
  readonly #name: string;
  #carry: Uint8Array = new Uint8Array(0);
  #bannerSeen = false;

  /** @param name the file's name, for errors */
  constructor(name: string) {
    this.#name = name;
  }

  /** @throws LacunaError `bad-file` with the line */
  push(bytes: Uint8Array): void {
    const lastNewline = bytes.lastIndexOf(newline);
    if (lastNewline < 0) {
      this.length = 0;
      this.#carry = concatenate(this.#carry, bytes);
      if (this.#carry.length > 65_536) throw this.#lineError(this.#carry.subarray(0, 60), 'the line has no end');
      return;
    }
    const complete =
      this.#carry.length > 0
        ? concatenate(this.#carry, bytes.subarray(0, lastNewline + 1))
        : bytes.subarray(0, lastNewline + 1);
    this.#carry = bytes.slice(lastNewline + 1);
    this.#parse(complete);
  }

  /**
   * The end of the file: takes a last line without a line break, and checks that nothing is missing.
   * @throws LacunaError `truncated-file`, `bad-file`
   */
  end(): void {
    const rest = this.#carry;
    this.#carry = new Uint8Array(0);
    this.length = 0;
    if (rest.length > 0) {
      // A last line cut in the middle is a file cut off, not a wrong line.
      const fields = text(rest).trim().split(/\s+/).length;
      const wanted = this.header?.field === 'pattern' ? 2 : 3;
      const isCut =
        this.header === null ? this.#bannerSeen && fields < 3 : this.total < this.header.entries && fields < wanted;
      if (isCut) throw this.truncated();
      this.#parse(concatenate(rest, Uint8Array.of(newline)));
    }
    if (this.header === null || this.total < this.header.entries) throw this.truncated();
  }

  /** The error for a file that ends before its last entry. */
  truncated(): LacunaError {
    const { header } = this;
    const remedy = 'It was probably cut off while copying: copy it again.';
    if (header === null)
      return new LacunaError(
        'truncated-file',
        `The file ends too early: ${this.#name} ends before its numbers begin.`,
        remedy,
        { file: this.#name },
      );
    const expected = this.lines + header.entries - this.total;
    const where = `${this.#name} stops at line ${this.lines.toLocaleString('en-US')} of ${expected.toLocaleString('en-US')}`;
    return new LacunaError('truncated-file', `The file ends too early: ${where}.`, remedy, {
      file: this.#name,
      line: this.lines,
      lines: expected,
    });
  }

  #parse(bytes: Uint8Array): void {
    this.length = 0;
    let at = 0;
    while (this.header === null && at < bytes.length) {
      const end = bytes.indexOf(newline, at);
      this.#headerLine(text(bytes.subarray(at, end)).trim());
      this.lines++;
      at = end + 1;
    }
    if (at < bytes.length) this.#entries(bytes, at);
  }

  #headerLine(line: string): void {
    if (!this.#bannerSeen) {
      const [banner, object, format, field, symmetry] = line.toLowerCase().split(/\s+/);
      if (banner !== '%%matrixmarket')
        throw this.#headerError(line, "'%%MatrixMarket matrix coordinate integer general'");
      if (object !== 'matrix' || format !== 'coordinate')
        throw this.#headerError(line, "a sparse matrix ('matrix coordinate')");
      if (field !== 'integer' && field !== 'real' && field !== 'pattern')
        throw this.#headerError(line, "values of the kind 'integer', 'real' or 'pattern'");
      if (symmetry !== undefined && symmetry !== 'general')
        throw this.#headerError(line, "a matrix without symmetry ('general')");
      this.#bannerSeen = true;
      this.#field = field;
      return;
    }
    if (line === '' || line.startsWith('%')) return;
    const sizes = line.split(/\s+/);
    if (sizes.length !== 3 || !sizes.every((size) => /^\d{1,15}$/.test(size)))
      throw this.#headerError(line, 'three numbers: genes, cells and entries');
    const [rows, columns, entries] = sizes.map(Number);
    if (rows > 0xffffffff || columns > 0xffffffff)
      throw this.#headerError(line, 'at most 4,294,967,295 genes and cells');
    this.header = { field: this.#field, rows, columns, entries };
  }

  #field: MtxHeader['field'] = 'integer';

  #entries(bytes: Uint8Array, start: number): void {
    const { rows: nRows, columns: nColumns, field, entries } = this.header!;
    const pattern = field === 'pattern';
    const capacity = Math.ceil((bytes.length - start) / 4) + 1; // '1 1\n' is the shortest line
    if (this.rows.length < capacity) {
      this.rows = new Uint32Array(capacity);
      this.columns = new Uint32Array(capacity);
      this.values = new Float64Array(capacity);
    }
    const { rows, columns, values } = this;
    const end = bytes.length;
    let length = 0;
    let at = start;
    while (at < end) {
      const lineStart = at;
      let byte = bytes[at];
      let row = 0;
      let column = 0;
      let value = 0;
      let digits = 0;
      while (byte >= 48 && byte <= 57 && digits < 10) {
        row = row * 10 + byte - 48;
        byte = bytes[++at];
        digits++;
      }
      let plain = digits > 0 && (byte === space || byte === tab);
      while (byte === space || byte === tab) byte = bytes[++at];
      digits = 0;
      while (byte >= 48 && byte <= 57 && digits < 10) {
        column = column * 10 + byte - 48;
        byte = bytes[++at];
        digits++;
      }
      plain &&= digits > 0;
      if (pattern) value = 1;
      else {
        plain &&= byte === space || byte === tab;
        while (byte === space || byte === tab) byte = bytes[++at];
        digits = 0;
        while (byte >= 48 && byte <= 57 && digits < 15) {
          value = value * 10 + byte - 48;
          byte = bytes[++at];
          digits++;
        }
        plain &&= digits > 0;
        if (byte === dot) {
          // With at most 15 digits both numbers are exact, and so the quotient is the nearest double.
          let decimals = 0;
          byte = bytes[++at];
          while (byte >= 48 && byte <= 57 && digits < 15) {
            value = value * 10 + byte - 48;
            byte = bytes[++at];
            digits++;
            decimals++;
          }
          value /= powersOfTen[decimals];
        }
      }
      if (byte === carriageReturn) byte = bytes[++at];
      if (plain && byte === newline) at++;
      else {
        // Blank, a comment, or something to look at closely.
        const lineEnd = bytes.indexOf(newline, lineStart);
        at = lineEnd + 1;
        const line = bytes.subarray(lineStart, lineEnd);
        const parsed = this.#unusualLine(line, pattern);
        if (parsed === null) {
          this.lines++;
          continue;
        }
        [row, column, value] = parsed;
      }
      if (row < 1 || row > nRows || column < 1 || column > nColumns) {
        throw this.#lineError(
          bytes.subarray(lineStart, bytes.indexOf(newline, lineStart)),
          `the matrix has ${nRows.toLocaleString('en-US')} rows and ${nColumns.toLocaleString('en-US')} columns, counted from 1`,
        );
      }
      if (this.total + length >= entries) {
        throw this.#lineError(
          bytes.subarray(lineStart, bytes.indexOf(newline, lineStart)),
          `the file announces ${entries.toLocaleString('en-US')} entries, and this is one more`,
        );
      }
      this.lines++;
      rows[length] = row - 1;
      columns[length] = column - 1;
      values[length] = value;
      length++;
    }
    this.length = length;
    this.total += length;
  }

  /** `null` for blank lines and comments. */
  #unusualLine(bytes: Uint8Array, pattern: boolean): [number, number, number] | null {
    if (bytes[0] === percent) return null;
    const line = text(bytes).trim();
    if (line === '') return null;
    const fields = line.split(/\s+/);
    const [row, column] = fields.slice(0, 2).map((index) => (/^\d{1,10}$/.test(index) ? Number(index) : NaN));
    const value = pattern ? 1 : numberOf(fields[2] ?? '');
    if (fields.length !== (pattern ? 2 : 3) || Number.isNaN(row) || Number.isNaN(column) || value === null) {
      throw this.#lineError(
        bytes,
        pattern ? 'expected two numbers: gene and cell' : 'expected three numbers: gene, cell and count',
      );
    }
    return [row, column, value];
  }

  #headerError(line: string, expected: string): LacunaError {
    return new LacunaError(
      'bad-file',
      `${this.#name} is no sparse matrix in MatrixMarket format: line ${this.lines + 1} is "${line.slice(0, 60)}", where ${expected} was expected.`,
      'Check that this is the matrix file, as Cell Ranger or another program wrote it.',
      {
        file: this.#name,
        line: this.lines + 1,
      },
    );
  }

  #lineError(line: Uint8Array, why: string): LacunaError {
    const number = this.lines + 1;
    return new LacunaError(
      'bad-file',
      `${this.#name}, line ${number.toLocaleString('en-US')}: "${text(line).trim().slice(0, 60)}" makes no sense here: ${why}.`,
      'The file is damaged or was put together wrongly: copy it or write it again.',
      {
        file: this.#name,
        line: number,
      },
    );
  }
}

/** Any decimal number, or NaN and infinities as C and R write them (the reader names their place); else `null`. */
function numberOf(field: string): number | null {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/.test(field)) return Number(field.replace(/[dD]/, 'e'));
  if (/^[+-]?(nan|na)$/i.test(field)) return NaN;
  if (/^[+-]?inf(inity)?$/i.test(field)) return field.startsWith('-') ? -Infinity : Infinity;
  return null;
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
