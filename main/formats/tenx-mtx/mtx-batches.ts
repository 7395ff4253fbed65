import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { fileBytes } from '../file-bytes.ts';
import { MtxParser } from './mtx-parser.ts';

/** Entries of a MatrixMarket file as they come: those of `parser` are valid until the next batch. */
export interface MtxBatch {
  parser: MtxParser;
  /** Share of the file read so far. */
  fraction: number;
}

/**
 * Streams the entries of a MatrixMarket file, gzipped or not, in batches of about 100,000.
 * @throws LacunaError `truncated-file` (at which line of how many), `bad-file` (line and its text)
 */
export async function* mtxBatches(path: string, signal?: AbortSignal): AsyncGenerator<MtxBatch> {
  const parser = new MtxParser(basename(path));
  const { size } = await stat(path);
  try {
    for await (const { bytes, consumed } of fileBytes(path, signal)) {
      parser.push(bytes);
      yield { parser, fraction: consumed / Math.max(1, size) };
    }
  } catch (error) {
    // A gzip file cut off: the parser knows how far it came, which tells more.
    throw error instanceof LacunaError && error.code === 'truncated-file' ? parser.truncated() : error;
  }
  parser.end();
  yield { parser, fraction: 1 };
}
