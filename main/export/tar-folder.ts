import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { LacunaError } from '../errors/lacuna-error.ts';

const BLOCK = 512;
/** Twelve octal digits' worth is the most that the plain header can say. */
const LARGEST = 8 ** 11 - 1;

/**
 * A folder as one stream that every system unpacks: POSIX ustar (IEEE Std 1003.1, pax), files in the order of their
 * names, without owners. Nothing is held in memory.
 *
 * @throws LacunaError `unsupported` for names over 100 bytes or files of 8 GiB and more, which this form cannot hold
 */
export async function* tarFolder(folder: string): AsyncGenerator<Uint8Array> {
  for (const path of await filesBelow(folder, basename(folder))) {
    const source = join(folder, '..', path);
    const { size, mtimeMs } = await stat(source);
    yield header(path, size, Math.floor(mtimeMs / 1000));
    let sent = 0;
    for await (const piece of createReadStream(source) as AsyncIterable<Uint8Array>) {
      sent += piece.length;
      if (sent > size) break;
      yield piece;
    }
    if (sent !== size) throw new LacunaError('bad-file', `${source} changed while it was read.`, 'Export it again.');
    if (size % BLOCK > 0) yield new Uint8Array(BLOCK - (size % BLOCK));
  }
  yield new Uint8Array(2 * BLOCK);
}

/** Paths below `folder` with slashes, beginning with its own name. */
async function filesBelow(folder: string, name: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const paths: string[] = [];
  for (const entry of entries) {
    const path = posix.join(name, entry.name);
    if (entry.isDirectory()) paths.push(...(await filesBelow(join(folder, entry.name), path)));
    else if (entry.isFile()) paths.push(path);
  }
  return paths;
}

/** One 512-byte block of ustar: name, mode, owner, group, size, time, checksum, type, magic. */
function header(path: string, size: number, seconds: number): Uint8Array {
  if (Buffer.byteLength(path) > 100 || size > LARGEST) {
    throw new LacunaError(
      'unsupported',
      `${path} is too large, or its name too long, for one download.`,
      'Export to a folder instead.',
    );
  }
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0, 'utf8');
  const octal = (value: number, at: number, digits: number) =>
    block.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  octal(0o644, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(seconds, 136, 11);
  block.write('        0', 148, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
