import h5wasm, { type Dataset, type Group, type File as Hdf5Handle } from 'h5wasm/node';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { importedHdf5Runtime } from '../../formats/hdf5/hdf5-runtime.ts';

export type Numbers = Uint8Array | Int8Array | Int16Array | Int32Array | BigInt64Array | Float32Array | Float64Array;

/** How a numeric dataset lies in the file. */
export interface Layout {
  shape: number[];
  /** `null` in a place: that dimension may grow. */
  maxShape?: (number | null)[];
  chunks?: number[];
  /** gzip level 1–9; 0 for none. Needs `chunks`. */
  gzip?: number;
}

/** An HDF5 file being written; every call answers for itself. */
export class Hdf5File {
  readonly #file: Hdf5Handle;

  private constructor(file: Hdf5Handle) {
    this.#file = file;
  }

  /** Truncates `path`. @throws LacunaError when HDF5 cannot write there */
  static async create(path: string): Promise<Hdf5File> {
    return new Hdf5File(await loud(() => new h5wasm.File(path, 'w')));
  }

  get root(): Group {
    return this.#file;
  }

  async group(parent: Group, name: string): Promise<Group> {
    return loud(() => parent.create_group(name));
  }

  async attribute(on: Group | Dataset, name: string, value: string | string[] | Numbers): Promise<void> {
    await loud(() => {
      // An empty list has no type of its own; the field's files hold an empty float64 array there.
      if (Array.isArray(value) && value.length === 0) on.create_attribute(name, new Float64Array(0), [0], '<d');
      else on.create_attribute(name, Array.isArray(value) || typeof value === 'string' ? value : value, null, null);
    });
  }

  /** A single small integer, as HDF5 files use for flags. */
  async flag(on: Group | Dataset, name: string, value: boolean): Promise<void> {
    await loud(() => on.create_attribute(name, value ? 1 : 0, null, '<b'));
  }

  async numbers(parent: Group, name: string, data: Numbers, layout: Layout): Promise<Dataset> {
    return loud(() =>
      parent.create_dataset({
        name,
        data,
        shape: layout.shape,
        maxshape: layout.maxShape ?? null,
        chunks: layout.chunks ?? null,
        ...(layout.chunks && layout.gzip ? { compression: 'gzip' as const, compression_opts: layout.gzip } : {}),
      }),
    );
  }

  async scalar(parent: Group, name: string, value: number | string): Promise<Dataset> {
    const dtype = typeof value === 'string' ? 'S' : Number.isSafeInteger(value) ? '<q' : '<d';
    return loud(() =>
      parent.create_dataset({ name, data: typeof value === 'string' ? withoutNul(value) : value, dtype, shape: [] }),
    );
  }

  /** Variable-length UTF-8 strings. */
  async strings(parent: Group, name: string, values: readonly string[]): Promise<Dataset> {
    return loud(() =>
      parent.create_dataset({ name, data: values.map(withoutNul), shape: [values.length], dtype: 'S' }),
    );
  }

  /** Fixed-length strings, zero padded: ASCII where they are, UTF-8 otherwise. */
  async fixedStrings(parent: Group, name: string, values: readonly string[]): Promise<Dataset> {
    const encoder = new TextEncoder();
    let length = 1;
    let ascii = true;
    for (const value of values) {
      const bytes = encoder.encode(value).length;
      if (bytes > length) length = bytes;
      if (bytes !== value.length) ascii = false;
    }
    return loud(() =>
      parent.create_dataset({
        name,
        data: values.map(withoutNul),
        shape: [values.length],
        dtype: `${ascii ? 'A' : 'S'}${length}`,
      }),
    );
  }

  async resize(dataset: Dataset, shape: number[]): Promise<void> {
    await loud(() => dataset.resize(shape));
  }

  /** Writes `data` over rows `[from, to)` of the first dimension. */
  async writeRows(dataset: Dataset, from: number, to: number, data: Numbers): Promise<void> {
    await loud(() => dataset.write_slice([[from, to]], data));
  }

  /** Closes the file; with `broken` any complaint of the library about a half-written file is swallowed. */
  async close(broken = false): Promise<void> {
    try {
      await loud(() => this.#file.close());
    } catch (error) {
      if (!broken) throw error;
    }
  }
}

/** HDF5 strings end at the first zero byte. */
function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

/**
 * Runs one call and looks at what the library complained about meanwhile: it prints its failures and carries on.
 *
 * @throws LacunaError `disk-full`, `internal`
 */
async function loud<T>(call: () => T): Promise<T> {
  const { takeDiagnostics } = await importedHdf5Runtime();
  takeDiagnostics();
  let result: T;
  try {
    result = call();
  } catch (error) {
    throw explained(`${takeDiagnostics()}\n${error instanceof Error ? error.message : String(error)}`, error);
  }
  const complaint = takeDiagnostics();
  if (complaint !== '') throw explained(complaint);
  return result;
}

function explained(complaint: string, cause?: unknown): LacunaError {
  // 28 is ENOSPC on Linux, 51 in WebAssembly's own numbering.
  if (/space left|errno = (28|51)\b/i.test(complaint)) {
    return new LacunaError(
      'disk-full',
      'The disk is full; the file could not be written.',
      'Free some space, then try again. Nothing half-written was kept.',
      {},
      cause,
    );
  }
  return new LacunaError(
    'internal',
    'The HDF5 library could not write the file.',
    'Try another disk; if it happens again, please report it with the details below.',
    { hdf5: complaint.slice(0, 2000) },
    cause,
  );
}
