import { LacunaError } from '../../errors/lacuna-error.ts';
import { largest } from '../stereoseq/molecules.ts';
import { ByteInterner } from './byte-interner.ts';
import type { GemHeader, GemRole } from './gem-header.ts';

const newline = 10;
const carriageReturn = 13;
const quote = 34;
const role = { other: 0, gene: 1, name: 2, x: 3, y: 4, count: 5, cell: 6 } as const;
const utf8 = new TextDecoder('utf-8');

/**
 * Reads the lines of a .gem below its header from bytes cut anywhere. After each `push` the lines completed by it stand
 * in `genes`, `xs`, `ys`, `counts` and `cells`; the next `push` overwrites them.
 *
 * Ordinary lines are read digit by digit and no string is made of them; a name that is the one of the line before (files
 * are sorted by gene) is only compared. Anything else, such as `12.0` for a whole number, goes through a slow path, which
 * also words the errors.
 */
export class GemParser {
  genes = new Uint32Array(0);
  xs = new Int32Array(0);
  ys = new Int32Array(0);
  counts = new Uint32Array(0);
  cells: Float64Array | null;
  /** Lines of numbers in the last `push`. */
  length = 0;
  /** Identifiers by number. */
  readonly ids: ByteInterner;
  /** Names by number, where the file has a column of names beside that of identifiers. */
  readonly names: string[] | null;
  readonly #file: string;
  readonly #columns: string[];
  readonly #delimiter: number;
  readonly #roles: Uint8Array;
  /** Lines of the file completed so far. */
  #lines: number;
  #carry: Uint8Array = new Uint8Array(0);
  /** The gene of the line before, whose bytes are compared first. */
  #lastGene = -1;
  #lastBytes = new Uint8Array(64);
  #lastLength = 0;

  /** @param exons take the counts in exons instead of all */
  constructor(file: string, header: GemHeader, exons: boolean) {
    this.#file = file;
    this.#columns = header.columns;
    this.#delimiter = header.delimiter;
    this.#roles = Uint8Array.from(header.roles, (one) => roleNumber(one, exons));
    this.#lines = header.lines;
    this.ids = new ByteInterner();
    this.names = header.roles.includes('name') ? [] : null;
    this.cells = header.roles.includes('cell') ? new Float64Array(0) : null;
  }

  /** @throws LacunaError `bad-file` with the line and its text */
  push(bytes: Uint8Array): void {
    const end = bytes.lastIndexOf(newline) + 1;
    this.length = 0;
    if (end === 0) {
      this.#carry = joined(this.#carry, bytes);
      if (this.#carry.length > 65_536) throw this.#error(this.#carry, 'the line has no end');
      return;
    }
    if (this.#carry.length === 0) {
      this.#reserve(end);
      this.#parse(bytes, 0, end);
    } else {
      const first = bytes.indexOf(newline) + 1;
      this.#reserve(end + this.#carry.length);
      const line = joined(this.#carry, bytes.subarray(0, first));
      this.#parse(line, 0, line.length);
      this.#parse(bytes, first, end);
    }
    this.#carry = bytes.slice(end);
  }

  /** The end of the file: takes a last line without a line break. */
  end(): void {
    const rest = this.#carry;
    this.#carry = new Uint8Array(0);
    this.length = 0;
    if (rest.length === 0) return;
    this.#reserve(rest.length + 1);
    this.#parse(joined(rest, Uint8Array.of(newline)), 0, rest.length + 1);
  }

  /** The error for a file that was cut off. */
  truncated(cause: unknown): LacunaError {
    return new LacunaError(
      'truncated-file',
      `The file ends too early: ${this.#file} is cut off in the middle of its compressed data, after line ${this.#lines.toLocaleString('en-US')}.`,
      'It was probably cut off while copying: copy it again.',
      { file: this.#file, line: this.#lines },
      cause,
    );
  }

  /** `bytes[at … end)` are whole lines. */
  #parse(bytes: Uint8Array, at: number, end: number): void {
    const { genes, xs, ys, counts, cells } = this;
    const roles = this.#roles;
    const delimiter = this.#delimiter;
    const last = roles.length - 1;
    let n = this.length;
    let lines = this.#lines;
    while (at < end) {
      const start = at;
      let gene = -1;
      let x = 0;
      let y = 0;
      let count = 0;
      let cell = 0;
      let geneFrom = 0;
      let geneTo = 0;
      let nameFrom = 0;
      let nameTo = 0;
      let ordinary = true;
      for (let column = 0; column <= last && ordinary; column++) {
        const what = roles[column];
        const from = at;
        if (what >= role.x) {
          let value = 0;
          let digit = bytes[at] - 48;
          while (digit >= 0 && digit <= 9) {
            value = value * 10 + digit;
            digit = bytes[++at] - 48;
          }
          if (at === from || at - from > 9) ordinary = false;
          if (what === role.x) x = value;
          else if (what === role.y) y = value;
          else if (what === role.count) count = value;
          else cell = value;
        } else if (what === role.gene) {
          const size = this.#lastLength;
          const lastBytes = this.#lastBytes;
          let k = 0;
          while (k < size && bytes[at + k] === lastBytes[k]) k++;
          at += k;
          if (k === size && size > 0 && bytes[at] === delimiter) gene = this.#lastGene;
          else {
            while (bytes[at] !== delimiter && bytes[at] !== newline) at++;
            // An empty one, a quoted one, or one at the end of a line that takes its carriage return along.
            if (at === from || bytes[from] === quote || bytes[at - 1] === carriageReturn) ordinary = false;
          }
          geneFrom = from;
          geneTo = at;
        } else {
          while (bytes[at] !== delimiter && bytes[at] !== newline) at++;
          if (what === role.name) {
            nameFrom = from;
            nameTo = at;
          }
        }
        if (column < last) {
          if (bytes[at] !== delimiter) ordinary = false;
          at++;
        } else {
          if (bytes[at] === carriageReturn) at++;
          if (bytes[at] !== newline) ordinary = false;
        }
      }
      lines++;
      if (ordinary && x <= largest.coordinate && y <= largest.coordinate && count <= largest.count) {
        if (gene < 0) gene = this.#geneNumber(bytes, geneFrom, geneTo);
        genes[n] = gene;
        xs[n] = x;
        ys[n] = y;
        counts[n] = count;
        if (cells !== null) cells[n] = cell;
        at++;
      } else {
        at = bytes.indexOf(newline, start) + 1;
        this.#lines = lines;
        if (!this.#slowLine(bytes.subarray(start, at - 1), n)) continue;
        gene = genes[n];
        nameTo = nameFrom;
      }
      if (this.names !== null && gene === this.names.length)
        this.names.push(utf8.decode(bytes.subarray(nameFrom, nameTo)).trim());
      n++;
    }
    this.length = n;
    this.#lines = lines;
  }

  #geneNumber(bytes: Uint8Array, from: number, to: number): number {
    const number = this.ids.number(bytes, from, to);
    const size = to - from;
    if (size > this.#lastBytes.length) this.#lastBytes = new Uint8Array(size * 2);
    this.#lastBytes.set(bytes.subarray(from, to));
    this.#lastLength = size;
    this.#lastGene = number;
    return number;
  }

  /** A line that is not ordinary, into place `n`. @returns false for a line to be skipped: an empty one or a comment */
  #slowLine(line: Uint8Array, n: number): boolean {
    const text = utf8.decode(line).trim();
    if (text === '' || text.startsWith('#')) return false;
    const delimiter = String.fromCharCode(this.#delimiter);
    const fields =
      delimiter === ' ' ? text.split(/\s+/) : utf8.decode(line).replace(/\r$/, '').split(delimiter).map(unquoted);
    if (fields.length !== this.#roles.length)
      throw this.#error(line, `it has ${fields.length} columns instead of ${this.#roles.length}`);
    let name = '';
    this.#roles.forEach((what, column) => {
      const field = fields[column];
      switch (what) {
        case role.gene: {
          if (field === '') throw this.#error(line, `${this.#columns[column]} is empty`);
          const bytes = new TextEncoder().encode(field);
          this.genes[n] = this.ids.number(bytes, 0, bytes.length);
          break;
        }
        case role.name:
          name = field;
          break;
        case role.x:
        case role.y:
          (what === role.x ? this.xs : this.ys)[n] = this.#whole(
            line,
            column,
            field,
            -largest.coordinate,
            largest.coordinate,
          );
          break;
        case role.count:
          this.counts[n] = this.#whole(line, column, field, 0, largest.count);
          break;
        case role.cell:
          this.cells![n] = /^(|na|nan|none|-1(\.0+)?)$/i.test(field)
            ? 0
            : this.#whole(line, column, field, 0, largest.cell);
          break;
      }
    });
    if (this.names !== null && this.genes[n] === this.names.length) this.names.push(name);
    return true;
  }

  #whole(line: Uint8Array, column: number, field: string, least: number, most: number): number {
    const value = field === '' ? NaN : Number(field);
    const name = this.#columns[column];
    if (Number.isNaN(value))
      throw this.#error(line, `${name} is ${field === '' ? 'empty' : `'${field.slice(0, 30)}'`}, not a number`);
    if (value < 0 && least === 0) throw this.#error(line, `${name} is negative`);
    if (!Number.isInteger(value)) throw this.#error(line, `${name} is no whole number`);
    if (value < least || value > most) throw this.#error(line, `${name} is larger than any chip allows`);
    return value;
  }

  #error(line: Uint8Array, what: string): LacunaError {
    const shown = utf8.decode(line.subarray(0, 80)).trimEnd();
    return new LacunaError(
      'bad-file',
      `Line ${this.#lines.toLocaleString('en-US')} of ${this.#file} is wrong: ${what}. The line is: "${shown}".`,
      `Every line must hold ${this.#columns.join(', ')}. Copy the file again, or correct the line.`,
      { file: this.#file, line: this.#lines, text: shown },
    );
  }

  /** A line has two bytes at least for each column. */
  #reserve(bytes: number): void {
    const most = Math.ceil(bytes / Math.max(2, 2 * this.#roles.length)) + 2;
    if (most <= this.genes.length) return;
    this.genes = new Uint32Array(most);
    this.xs = new Int32Array(most);
    this.ys = new Int32Array(most);
    this.counts = new Uint32Array(most);
    if (this.cells !== null) this.cells = new Float64Array(most);
  }
}

function roleNumber(one: GemRole, exons: boolean): number {
  if (one === 'exon') return exons ? role.count : role.other;
  if (one === 'count' && exons) return role.other;
  return role[one as keyof typeof role];
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function unquoted(field: string): string {
  return field.trim().replace(/^"(.*)"$/, '$1');
}
