import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ready } from 'h5wasm/node';

/** A type as h5wasm describes it. `type` is HDF5's class number: see `Hdf5Class`. */
export interface Hdf5Type {
  type: number;
  size: number;
  signed: boolean;
  vlen: boolean;
  cset?: number;
  enum_type?: { type: number; members: Record<string, number> };
  compound_type?: { members: (Hdf5Type & { name: string; offset: number })[] };
  array_type?: Hdf5Type & { shape: number[] | null };
}

/** A dataset or attribute: its type and its shape (`null` for an empty dataspace, `[]` for a scalar). */
export interface Hdf5Metadata extends Hdf5Type {
  shape: number[] | null;
  chunks: number[] | null;
  total_size: number;
}

/** The functions of the HDF5 library that Lacuna reads with. */
export interface Hdf5Library {
  HEAPU8: Uint8Array;
  H5G_GROUP: number;
  H5G_DATASET: number;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  UTF8ToString(pointer: number): string;
  open(path: string, mode: number, trackOrder: boolean, libverLow: number, libverHigh: number): bigint;
  close_file(file: bigint): number;
  get_type(file: bigint, path: string): number;
  get_names(file: bigint, path: string, recursive: boolean): string[];
  get_attribute_names(file: bigint, path: string): string[];
  get_attribute_metadata(file: bigint, path: string, name: string): Hdf5Metadata;
  get_attribute_data(file: bigint, path: string, name: string, pointer: bigint): number;
  get_dataset_metadata(file: bigint, path: string): Hdf5Metadata;
  get_dataset_filters(file: bigint, path: string): { id: number; name: string }[];
  get_dataset_data(
    file: bigint,
    path: string,
    count: bigint[] | null,
    offset: bigint[] | null,
    stride: bigint[] | null,
    pointer: bigint,
  ): number;
  reclaim_vlen_memory(file: bigint, path: string, attribute: string, pointer: bigint): number;
  reclaim_vlen_memory_count(file: bigint, path: string, attribute: string, pointer: bigint, count: bigint[]): number;
}

interface EmscriptenFileSystem {
  streams: ({ path: string } | null | undefined)[];
  close(stream: { path: string }): void;
  write(stream: { fd: number }, bytes: Uint8Array, offset: number, length: number, ...rest: unknown[]): number;
}

/** The library and what it last complained about. */
export interface Hdf5Runtime {
  library: Hdf5Library;
  /** HDF5's error stack since the last call, or '' when all went well. */
  takeDiagnostics(): string;
  /**
   * To be called when the library gave up in the middle of a call (`hasGivenUp`): it will never let go of that file and
   * would hand out its old content, so the file is closed under it, and the next to ask gets a fresh library.
   */
  retire(path: string): void;
}

let runtime: Promise<Hdf5Runtime> | undefined;

/**
 * Starts the HDF5 library (WebAssembly) once per process.
 *
 * Two habits of the library are mended here. It prints its error stack to standard error and carries on, so a failed
 * read hands back whatever was in memory: the stack is caught instead, and every call of ours looks at it. (Its own
 * remedy, throwing out of the C code, leaves the file open for good, which on Windows keeps people from replacing a
 * broken copy.) And it knows only gzip and szip: LZF, Zstandard, Blosc and the like come from the plugins folder, as
 * AnnData files written with `compression='lzf'` need.
 */
export function hdf5Runtime(): Promise<Hdf5Runtime> {
  runtime ??= generation === 0 ? importedHdf5Runtime() : start(freshLibrary(generation));
  return runtime;
}

/**
 * The library that `import … from 'h5wasm/node'` gives, for code that writes through it: after `retire`, readers go on
 * with another one.
 */
export function importedHdf5Runtime(): Promise<Hdf5Runtime> {
  imported ??= start(ready);
  return imported;
}

let imported: Promise<Hdf5Runtime> | undefined;
let generation = 0;

/** The module once more: its state lives in the module, and a query makes Node load it again. */
async function freshLibrary(number: number): Promise<unknown> {
  const module = (await import(`${import.meta.resolve('h5wasm/node')}?${number}`)) as { ready: Promise<unknown> };
  return await module.ready;
}

/** True for the error of a call that the library did not come back from. */
export function hasGivenUp(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(givenUp);
}

const givenUp = 'HDF5 gave up: ';

async function start(library: Promise<unknown>): Promise<Hdf5Runtime> {
  const module = (await library) as Hdf5Library & {
    FS: EmscriptenFileSystem;
    onAbort?: (what: unknown) => void;
    insert_plugin_search_path(path: string, index: number): number;
  };
  let diagnostics = '';
  const write = module.FS.write;
  module.FS.write = (stream, bytes, offset, length, ...rest) => {
    if (stream.fd !== 2) return write(stream, bytes, offset, length, ...rest);
    // Later lines of a stack matter most; a runaway stack must not grow without end.
    diagnostics = (diagnostics + Buffer.from(bytes.buffer, bytes.byteOffset + offset, length).toString('latin1')).slice(
      -16_384,
    );
    return length;
  };
  // A plugin that meets damaged data may abort the library, which prints and ends the call anywhere.
  module.onAbort = (what) => {
    throw new Error(givenUp + String(what));
  };
  const plugins = pluginFolder();
  if (plugins !== null) module.insert_plugin_search_path(plugins, 0);
  const self: Hdf5Runtime = {
    library: module,
    retire: (path) => {
      for (const stream of module.FS.streams) if (stream?.path === path) module.FS.close(stream);
      void runtime?.then((current) => {
        if (current !== self) return;
        generation++;
        runtime = undefined;
      });
    },
    takeDiagnostics: () => {
      const taken = diagnostics;
      diagnostics = '';
      return taken;
    },
  };
  return self;
}

/** Where the compression plugins lie: `LACUNA_HDF5_PLUGINS` in a packaged application, else the installed package. */
function pluginFolder(): string | null {
  const configured = process.env['LACUNA_HDF5_PLUGINS'];
  if (configured) return configured;
  try {
    return join(dirname(createRequire(import.meta.url).resolve('h5wasm-plugins/package.json')), 'plugins');
  } catch {
    return null; // without it only LZF and its kin cannot be read, and the error says so
  }
}
