import { resolve } from 'node:path';
import { access, constants } from 'node:fs/promises';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { decodeNumbers, decodeStrings } from './decode-elements.ts';
import type { ElementRun } from './decode-elements.ts';
import { elementKind } from './hdf5-class.ts';
import type { ElementKind } from './hdf5-class.ts';
import { hdf5Error } from './hdf5-error.ts';
import { hasGivenUp, hdf5Runtime } from './hdf5-runtime.ts';
import type { Hdf5Metadata, Hdf5Runtime, Hdf5Type } from './hdf5-runtime.ts';

/** What is known of a dataset before it is read. */
export interface DatasetInfo {
  kind: ElementKind;
  /** `[]` for a scalar. */
  shape: number[];
  /** Shape of the stored blocks, `null` when stored in one piece. */
  chunks: number[] | null;
}

/** One range per dimension, `[start, stop)`; dimensions left out are read whole. */
export type Ranges = readonly (readonly [number, number])[];

/** One column of a compound table: numbers, strings, or short arrays side by side. */
export interface CompoundColumn {
  name: string;
  kind: ElementKind;
  /** `[n]`, or `[n, width]` row-major when `width` > 1. */
  numbers: Float64Array | null;
  strings: string[] | null;
  width: number;
}

/** Bytes of the library's memory that one read may fill; larger reads are cut into pieces. */
const slabBytes = 16 * 1024 * 1024;

/**
 * An HDF5 file opened for reading, straight from disk: only what is asked for enters memory, so a file may be larger
 * than memory. Every failure becomes a `LacunaError` that names the file and the place in it.
 */
export class Hdf5File {
  readonly path: string;
  readonly #runtime: Hdf5Runtime;
  readonly #id: bigint;
  #open = true;

  private constructor(path: string, runtime: Hdf5Runtime, id: bigint) {
    this.path = path;
    this.#runtime = runtime;
    this.#id = id;
  }

  /** @throws LacunaError `not-found`, `no-access`, `bad-file`, `truncated-file` */
  static async open(path: string): Promise<Hdf5File> {
    const absolute = resolve(path);
    await access(absolute, constants.R_OK).catch((error: unknown) => {
      throw LacunaError.from(error);
    });
    const runtime = await hdf5Runtime();
    runtime.takeDiagnostics();
    const id = runtime.library.open(absolute, 0, false, -1, -1);
    const diagnostics = runtime.takeDiagnostics();
    if (id < 0n) throw hdf5Error(path, '', diagnostics);
    return new Hdf5File(path, runtime, id);
  }

  /** What lies at `place`; a link that leads nowhere is missing. */
  kind(place: string): 'group' | 'dataset' | 'missing' {
    this.#assertOpen();
    const { library } = this.#runtime;
    if (place === '' || place === '/') return 'group';
    let known = '';
    let type = -1;
    // Step by step: asking for a child of something missing counts as an error inside HDF5.
    for (const part of place.split('/').filter((name) => name !== '')) {
      if (known !== '' && type !== library.H5G_GROUP) return 'missing';
      known += `/${part}`;
      type = library.get_type(this.#id, known);
      this.#runtime.takeDiagnostics();
    }
    if (type === library.H5G_GROUP) return 'group';
    return type === library.H5G_DATASET ? 'dataset' : 'missing';
  }

  /** Names of what a group holds; empty when there is no such group. */
  keys(place: string): string[] {
    if (this.kind(place) !== 'group') return [];
    return this.#guard(place, () => this.#runtime.library.get_names(this.#id, absolute(place), false));
  }

  /** @param expected what should be there, for the error: 'the gene names' */
  info(place: string, expected = 'a dataset'): DatasetInfo {
    const metadata = this.#metadata(place, expected);
    return { kind: elementKind(metadata), shape: metadata.shape ?? [0], chunks: metadata.chunks };
  }

  /** An attribute's value, `null` when there is none: a number, a string, a boolean, or an array of these. */
  attribute(place: string, name: string): string | number | boolean | string[] | number[] | null {
    const { library } = this.#runtime;
    const where = absolute(place);
    if (!this.#guard(place, () => library.get_attribute_names(this.#id, where)).includes(name)) return null;
    const metadata = this.#guard(place, () => library.get_attribute_metadata(this.#id, where, name));
    if (metadata.shape === null) return null;
    const length = metadata.total_size;
    const pointer = this.#allocate(place, metadata.size * length);
    try {
      this.#guard(place, () => library.get_attribute_data(this.#id, where, name, BigInt(pointer)));
      const values = this.#decode(place, metadata, { pointer, stride: metadata.size, length });
      if (metadata.vlen) library.reclaim_vlen_memory(this.#id, where, name, BigInt(pointer));
      if (metadata.shape.length > 0)
        return typeof values[0] === 'string' ? (values as string[]) : [...(values as Float64Array)];
      const single = values[0];
      return elementKind(metadata) === 'boolean' ? single !== 0 : single;
    } finally {
      library._free(pointer);
    }
  }

  /**
   * Numbers or booleans (as 0 and 1) in row-major order. Read large datasets by `ranges`: the result lies in memory.
   * @throws LacunaError `bad-file` when missing or not numeric, `truncated-file`
   */
  readNumbers(place: string, expected = 'numbers', ranges: Ranges = []): Float64Array {
    const metadata = this.#metadata(place, expected);
    const kind = elementKind(metadata);
    if (kind !== 'integer' && kind !== 'float' && kind !== 'boolean')
      throw this.#wrongKind(place, expected, 'numbers', kind);
    const slabs = this.#slabs(metadata, ranges);
    const parts = slabs.map((slab) =>
      this.#readSlab(place, metadata, slab, (run) => this.#decode(place, metadata, run) as Float64Array),
    );
    if (parts.length === 1) return parts[0];
    const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** @throws LacunaError `bad-file` when missing or not text, `truncated-file` */
  readStrings(place: string, expected = 'text', ranges: Ranges = []): string[] {
    const metadata = this.#metadata(place, expected);
    const kind = elementKind(metadata);
    if (kind !== 'string') throw this.#wrongKind(place, expected, 'text', kind);
    return this.#slabs(metadata, ranges).flatMap((slab) =>
      this.#readSlab(place, metadata, slab, (run) => decodeStrings(this.#runtime.library, metadata, run)),
    );
  }

  /**
   * A table of records (anndata before 0.7 wrote obs and var so), column by column.
   * @param rows `[start, stop)`; all when left out
   */
  readCompound(place: string, expected: string, rows?: readonly [number, number]): CompoundColumn[] {
    const metadata = this.#metadata(place, expected);
    const slabs = this.#slabs(metadata, rows === undefined ? [] : [rows]);
    const nRows = slabs.reduce((sum, slab) => sum + Number(slab.count[0]), 0);
    const members = metadata.compound_type?.members;
    if (members === undefined) throw this.#wrongKind(place, expected, 'a table', elementKind(metadata));
    const columns = members.map((member): CompoundColumn => {
      const element: Hdf5Type = member.array_type ?? member;
      const width = member.array_type ? (member.array_type.shape ?? []).reduce((a, b) => a * b, 1) : 1;
      const kind = elementKind(element);
      const length = nRows * width;
      return {
        name: member.name,
        kind,
        width,
        numbers: kind === 'string' ? null : new Float64Array(length),
        strings: kind === 'string' ? [] : null,
      };
    });
    let row = 0;
    for (const slab of slabs) {
      const length = Number(slab.count[0]);
      this.#readSlab(place, metadata, slab, ({ pointer, stride }) => {
        members.forEach((member, c) => {
          const column = columns[c];
          const element: Hdf5Type = member.array_type ?? member;
          for (let lane = 0; lane < column.width; lane++) {
            const run = { pointer: pointer + member.offset + lane * element.size, stride, length };
            if (column.strings) column.strings.push(...decodeStrings(this.#runtime.library, element, run));
            else if (column.width === 1) column.numbers!.set(decodeNumbers(this.#runtime.library, element, run), row);
            else
              decodeNumbers(this.#runtime.library, element, run).forEach(
                (v, i) => (column.numbers![(row + i) * column.width + lane] = v),
              );
          }
        });
        return null;
      });
      row += length;
    }
    return columns;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#runtime.library.close_file(this.#id);
    this.#runtime.takeDiagnostics();
  }

  #metadata(place: string, expected: string): Hdf5Metadata {
    if (this.kind(place) !== 'dataset') throw this.missing(place, expected);
    return this.#guard(place, () => this.#runtime.library.get_dataset_metadata(this.#id, absolute(place)));
  }

  /** The error for something that should be at `place` and is not. */
  missing(place: string, expected: string): LacunaError {
    return new LacunaError(
      'bad-file',
      `${this.path} lacks ${place}: ${expected} should be there.`,
      'Check that the file was written completely by a program that writes this format.',
      { file: this.path, place },
    );
  }

  #wrongKind(place: string, expected: string, wanted: string, found: string): LacunaError {
    return new LacunaError(
      'bad-file',
      `${this.path} has ${found} values at ${place}, where ${expected} should be as ${wanted}.`,
      'Write the file again, or choose another.',
      {
        file: this.path,
        place,
      },
    );
  }

  /** Pieces of at most `slabBytes` along the first dimension. */
  #slabs(metadata: Hdf5Metadata, ranges: Ranges): Slab[] {
    const { shape } = metadata;
    if (shape === null) return [];
    if (shape.length === 0) return [{ offset: null, count: [1n] }];
    const bounds = shape.map((size, d) => {
      const [start, stop] = ranges[d] ?? [0, size];
      return [Math.max(0, Math.min(start, size)), Math.max(0, Math.min(stop, size))] as const;
    });
    const perRow = bounds.slice(1).reduce((product, [start, stop]) => product * (stop - start), 1);
    const rowBytes = Math.max(1, perRow * metadata.size);
    const rows = Math.max(1, alignRows(Math.floor(slabBytes / rowBytes), metadata.chunks?.[0] ?? 1));
    const slabs: Slab[] = [];
    for (let row = bounds[0][0]; row < bounds[0][1] && perRow > 0;) {
      const stop = Math.min(bounds[0][1], row + rows - (row % rows === 0 ? 0 : row % rows));
      slabs.push({
        offset: [BigInt(row), ...bounds.slice(1).map(([start]) => BigInt(start))],
        count: [BigInt(stop - row), ...bounds.slice(1).map(([start, end]) => BigInt(end - start))],
      });
      row = stop;
    }
    return slabs;
  }

  #readSlab<T>(place: string, metadata: Hdf5Metadata, slab: Slab, decode: (run: ElementRun) => T): T {
    const { library } = this.#runtime;
    const length = Number(slab.count.reduce((product, n) => product * n, 1n));
    const where = absolute(place);
    const pointer = this.#allocate(place, metadata.size * length);
    try {
      const { offset, count } = slab;
      const stride = offset === null ? null : offset.map(() => 1n);
      this.#guard(place, () => {
        const status = library.get_dataset_data(
          this.#id,
          where,
          offset === null ? null : count,
          offset,
          stride,
          BigInt(pointer),
        );
        if (status < 0) throw new Error(`H5Dread returned ${status}`);
      });
      const decoded = decode({ pointer, stride: metadata.size, length });
      // Text of variable length was allocated by HDF5, one piece a string.
      if (holdsVariableLength(metadata)) {
        if (offset === null) library.reclaim_vlen_memory(this.#id, where, '', BigInt(pointer));
        else library.reclaim_vlen_memory_count(this.#id, where, '', BigInt(pointer), count);
      }
      return decoded;
    } finally {
      library._free(pointer);
    }
  }

  #decode(place: string, type: Hdf5Type, run: ElementRun): Float64Array | string[] {
    if (elementKind(type) === 'string') return decodeStrings(this.#runtime.library, type, run);
    try {
      return decodeNumbers(this.#runtime.library, type, run);
    } catch (error) {
      throw new LacunaError(
        'bad-file',
        `${this.path} stores ${place} in a way that Lacuna does not read: ${(error as Error).message}.`,
        'Store it as 32-bit or 64-bit numbers.',
        { file: this.path, place },
        error,
      );
    }
  }

  #allocate(place: string, bytes: number): number {
    const pointer = this.#runtime.library._malloc(Math.max(8, bytes));
    if (pointer === 0)
      throw new LacunaError(
        'out-of-memory',
        `The computer ran out of memory while reading ${place} of ${this.path}.`,
        'Close other programs and try again.',
      );
    // Pointers of strings must never be left over from something else.
    this.#runtime.library.HEAPU8.fill(0, pointer, pointer + bytes);
    return pointer;
  }

  /** Runs a call of the library; whatever it complains about becomes our error. */
  #guard<T>(place: string, call: () => T): T {
    this.#assertOpen();
    this.#runtime.takeDiagnostics();
    let result: T;
    try {
      result = call();
    } catch (error) {
      if (hasGivenUp(error)) {
        this.#runtime.retire(resolve(this.path));
        this.#open = false;
      }
      throw hdf5Error(this.path, place, `${this.#runtime.takeDiagnostics()}\n${(error as Error).message}`);
    }
    const diagnostics = this.#runtime.takeDiagnostics();
    if (diagnostics.includes('HDF5-DIAG')) throw hdf5Error(this.path, place, diagnostics);
    return result;
  }

  #assertOpen(): void {
    if (!this.#open) throw new LacunaError('internal', `${this.path} was read after it had been closed.`);
  }
}

interface Slab {
  /** `null` for a scalar. */
  offset: bigint[] | null;
  count: bigint[];
}

function absolute(place: string): string {
  return place.startsWith('/') ? place : `/${place}`;
}

/** Whole stored blocks where at least one fits, so that none is decompressed twice. */
function alignRows(rows: number, chunkRows: number): number {
  return rows >= chunkRows ? rows - (rows % chunkRows) : rows;
}

function holdsVariableLength(type: Hdf5Type): boolean {
  return type.vlen || (type.compound_type?.members.some((member) => member.vlen) ?? false);
}
