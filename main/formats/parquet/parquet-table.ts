import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { BatchedTable, RowBatch } from '../row-batch.ts';

const copyAgain = 'It was probably damaged or cut off while copying: copy it again.';

/**
 * A Parquet table, read one row group at a time and only the columns that are asked for. Every compression that the
 * format knows is read.
 *
 * @throws LacunaError `not-found`, `no-access`, `bad-file`, `truncated-file`
 */
export async function openParquet(path: string): Promise<BatchedTable> {
  const metadata = await withFile(path, async (file) => {
    await checkSignatures(path, file);
    return await parquetMetadataAsync(file);
  });
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  return { path, names, batches: (wanted, signal) => rowGroups(path, metadata, wanted, signal) };
}

async function* rowGroups(
  path: string,
  metadata: FileMetaData,
  names: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<RowBatch> {
  const total = Math.max(1, Number(metadata.num_rows));
  let start = 0;
  for (const group of metadata.row_groups) {
    throwIfCancelled(signal);
    const nRows = Number(group.num_rows);
    const columns = await withFile(path, (file) => readGroup(file, metadata, names, start, nRows));
    start += nRows;
    yield { nRows, columns, fraction: start / total };
  }
}

/** [nColumns][nRows] of the row group that begins at `start`. */
async function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  start: number,
  nRows: number,
): Promise<ArrayLike<unknown>[]> {
  const found = new Map<string, unknown[]>(names.map((name) => [name, new Array<unknown>(nRows)]));
  await parquetRead({
    file,
    metadata,
    compressors,
    columns: [...names],
    rowStart: start,
    rowEnd: start + nRows,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const values = found.get(columnName);
      if (values === undefined) return;
      for (let i = 0; i < columnData.length; i++) {
        const at = rowStart + i - start;
        if (at >= 0 && at < nRows) values[at] = columnData[i] as unknown;
      }
    },
  });
  return names.map((name) => found.get(name)!);
}

/** A Parquet file begins and ends with the same four bytes. */
async function checkSignatures(path: string, file: AsyncBuffer): Promise<void> {
  const mark = async (from: number) => Buffer.from(await file.slice(from, from + 4)).toString('latin1');
  const name = basename(path);
  if (file.byteLength < 12 || (await mark(0)) !== 'PAR1')
    throw new LacunaError('bad-file', `${name} is not a Parquet file.`, 'Check that this is the file you meant.', {
      file: path,
    });
  if ((await mark(file.byteLength - 4)) !== 'PAR1')
    throw new LacunaError('truncated-file', `The file ends too early: ${name} has no end mark.`, copyAgain, {
      file: path,
    });
}

/** Runs `work` on the open file; whatever the Parquet library throws becomes a plain error. */
async function withFile<T>(path: string, work: (file: AsyncBuffer) => Promise<T>): Promise<T> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw LacunaError.from(error);
  });
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw LacunaError.from(error);
  });
  try {
    return await work({ byteLength: size, slice: (start, end = size) => slice(handle, start, Math.min(end, size)) });
  } catch (error) {
    if (error instanceof LacunaError) throw error;
    throw new LacunaError(
      'bad-file',
      `${basename(path)} is damaged: its content could not be read as a Parquet table.`,
      copyAgain,
      { file: path },
      error,
    );
  } finally {
    await handle.close();
  }
}

async function slice(handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new ArrayBuffer(Math.max(0, end - start));
  const view = new Uint8Array(bytes);
  for (let at = 0; at < view.length;) {
    const { bytesRead } = await handle.read(view, at, view.length - at, start + at);
    if (bytesRead === 0) throw new RangeError('the file ended');
    at += bytesRead;
  }
  return bytes;
}
