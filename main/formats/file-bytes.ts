import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { LacunaError, throwIfCancelled } from '../errors/lacuna-error.ts';

/** A stretch of a file's content, and how much of the file on disk has been read to get it. */
export interface FileBytes {
  bytes: Uint8Array;
  /** Bytes of the file itself: compressed ones when it is gzipped. */
  consumed: number;
}

/**
 * A file's content in pieces of up to 1 MiB, gunzipped when it begins as gzip does (whatever its name says).
 * @throws LacunaError `truncated-file` when a gzip stream ends early, `bad-file` when it is damaged
 */
export async function* fileBytes(path: string, signal?: AbortSignal): AsyncGenerator<FileBytes> {
  const gzipped = await isGzip(path);
  const source = createReadStream(path, { highWaterMark: gzipped ? 262_144 : 1_048_576 });
  const gunzip = gzipped ? createGunzip({ chunkSize: 1_048_576 }) : null;
  if (gunzip) source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  try {
    for await (const bytes of gunzip ?? source) {
      throwIfCancelled(signal);
      yield { bytes: bytes as Uint8Array, consumed: source.bytesRead };
    }
  } catch (error) {
    throw gzipError(path, error);
  } finally {
    source.destroy();
    gunzip?.destroy();
  }
}

/** The whole content of a small file as text, without a byte order mark. @throws LacunaError as `fileBytes` */
export async function fileText(path: string): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  const parts: string[] = [];
  for await (const { bytes } of fileBytes(path)) parts.push(decoder.decode(bytes, { stream: true }));
  parts.push(decoder.decode());
  return parts.join('');
}

/** The first bytes of the content, gunzipped when needed; fewer than `length` when the file is shorter or broken. */
export async function firstContent(path: string, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const { bytes } of fileBytes(path)) {
      parts.push(bytes);
      size += bytes.length;
      if (size >= length) break;
    }
  } catch {
    // What could be read is what there is to look at.
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** True when the file begins with gzip's magic number (RFC 1952). */
export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw LacunaError.from(error);
  });
  try {
    const head = Buffer.alloc(2);
    const { bytesRead } = await file.read(head, 0, 2, 0);
    return bytesRead === 2 && head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    await file.close();
  }
}

function gzipError(path: string, error: unknown): LacunaError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const name = basename(path);
  if (code === 'Z_BUF_ERROR') {
    return new LacunaError(
      'truncated-file',
      `The file ends too early: ${name} is cut off in the middle of its compressed data.`,
      'It was probably cut off while copying: copy it again.',
      { file: path },
      error,
    );
  }
  if (code.startsWith('Z_')) {
    return new LacunaError(
      'bad-file',
      `${name} is damaged: its compressed data cannot be unpacked.`,
      'It was probably damaged while copying: copy it again.',
      { file: path },
      error,
    );
  }
  return LacunaError.from(error);
}
