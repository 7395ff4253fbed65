import { access } from 'node:fs/promises';
import { LacunaError } from '../errors/lacuna-error.ts';
import type { DatasetSource } from '../dataset/dataset-source.ts';
import type { LongTask } from '../dataset/progress.ts';
import { unrecognised } from './detect-file.ts';
import type { DatasetPart, FormatReader, ImportOptions, Inspection } from './format-reader.ts';
import { gefReader } from './gef/gef-reader.ts';
import { gemReader } from './gem/gem-reader.ts';
import { h5adReader } from './h5ad/h5ad-reader.ts';
import { tableReader } from './table/table-reader.ts';
import { tenxH5Reader } from './tenx-h5/tenx-h5-reader.ts';
import { tenxMtxReader } from './tenx-mtx/tenx-mtx-reader.ts';
import { visiumReader } from './visium/visium-reader.ts';
import { xeniumReader } from './xenium/xenium-reader.ts';

/** Every reader, in the order in which they look at a file. */
export const readers: readonly FormatReader[] = [
  tenxH5Reader,
  h5adReader,
  visiumReader,
  xeniumReader,
  tenxMtxReader,
  gefReader,
  gemReader,
  tableReader,
];

/** How to read a path. */
export interface ReadRequest {
  /** A reader's id, when the format is not to be found by content. */
  format?: string;
  options?: ImportOptions;
}

/**
 * The reader for a file or folder, by its content; the name does not matter.
 * @throws LacunaError `unknown-format` (what it looks like, what Lacuna reads), `truncated-file`, `not-found`
 */
export async function detectReader(path: string): Promise<FormatReader> {
  await access(path).catch((error: unknown) => {
    throw LacunaError.from(error);
  });
  for (const reader of readers) if (await reader.sniff(path)) return reader;
  throw await unrecognised(path);
}

/** The reader by its id. @throws LacunaError `bad-option` */
export function readerFor(format: string): FormatReader {
  const reader = readers.find(({ id }) => id === format);
  if (reader) return reader;
  const formats = readers.map(({ id }) => id);
  throw new LacunaError('bad-option', `There is no format '${format}'.`, `The formats are: ${formats.join(', ')}.`, {
    format,
    formats,
  });
}

/** What is in a file or folder, before anything is stored. @throws LacunaError */
export async function inspectPath(path: string, request: ReadRequest = {}, task?: LongTask): Promise<Inspection> {
  return await plain(async () => {
    const reader = request.format ? readerFor(request.format) : await detectReader(path);
    return await reader.inspect(path, request.options ?? {}, task);
  });
}

/**
 * The datasets that a request means: a folder of several tissue sections holds one each. Mostly the path itself, alone.
 * @throws LacunaError
 */
export async function splitPath(path: string, request: ReadRequest = {}): Promise<DatasetPart[]> {
  return await plain(async () => {
    const reader = request.format ? readerFor(request.format) : await detectReader(path);
    const options = request.options ?? {};
    return (await reader.split?.(path, options)) ?? [{ path, options, label: '' }];
  });
}

/** The dataset in a file or folder, ready to stream. The caller closes it. @throws LacunaError */
export async function openPath(path: string, request: ReadRequest = {}, task?: LongTask): Promise<DatasetSource> {
  return await plain(async () => {
    const reader = request.format ? readerFor(request.format) : await detectReader(path);
    return await reader.open(path, request.options ?? {}, task);
  });
}

/** Whatever is thrown below leaves as a `LacunaError`. */
async function plain<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw LacunaError.from(error);
  }
}
