import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { requirePlainName } from '../files/plain-name.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { LaunchFolder } from './launch-folder.ts';

/** A dropped file as it now lies on this computer. */
export interface Uploaded {
  path: string;
  /** What was dropped: the file itself, or the outermost folder that it came with. */
  root: string;
  /** The folder that holds everything of this drop. */
  folder: string;
  bytes: number;
}

/** What of a disk an upload leaves free, so that the system goes on working. */
const reserve = 64 * 2 ** 20;

/**
 * Writes a dropped file into the folder of this launch, as it comes: nothing is held in memory.
 *
 * @param drop names everything that was dropped together
 * @param relativePath path within the drop, parts separated by `/`
 * @param size bytes that were announced, if any; more or fewer are an error
 * @throws LacunaError `bad-request` for names that could lead elsewhere, `disk-full`, `truncated-file`; nothing of the
 *   file is kept then
 */
export async function storeUpload(
  launchFolder: LaunchFolder,
  drop: string,
  relativePath: string,
  body: ReadableStream<Uint8Array> | null,
  size: number | null,
): Promise<Uploaded> {
  const folder = uploadFolder(launchFolder, drop);
  const parts = relativePath.split('/').map(requirePlainName);
  const path = join(folder, ...parts);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (size !== null) await requireRoom(folder, size);
  try {
    const source = body === null ? Readable.from([]) : Readable.fromWeb(body);
    await pipeline(source, createWriteStream(path, { mode: 0o600 }));
    const { size: bytes } = await stat(path);
    if (size !== null && bytes !== size) {
      throw new LacunaError(
        'truncated-file',
        `Only ${bytes} of ${size} bytes of ${parts.at(-1)} arrived.`,
        'Drop it again.',
      );
    }
    return { path, root: join(folder, parts[0]), folder, bytes };
  } catch (thrown) {
    await rm(path, { force: true });
    throw LacunaError.from(thrown);
  }
}

/** Deletes everything of a drop. @throws LacunaError `bad-request` */
export async function forgetUploads(launchFolder: LaunchFolder, drop: string): Promise<void> {
  await rm(uploadFolder(launchFolder, drop), { recursive: true, force: true });
}

/** Where the files of a drop lie. @throws LacunaError `bad-request` for a name that could lead elsewhere */
export function uploadFolder(launchFolder: LaunchFolder, drop: string): string {
  if (/^[A-Za-z0-9-]{1,64}$/.test(drop)) return launchFolder.folder('drops', drop);
  throw new LacunaError('bad-request', 'A drop is named by letters, digits and dashes.', '');
}

async function requireRoom(folder: string, size: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= size + reserve) return;
  throw new LacunaError(
    'disk-full',
    `The disk with ${folder} has ${gigabytes(free)} free; the dropped file needs ${gigabytes(size)}.`,
    'Free some space, or choose the file in the file picker instead of dropping it: then it is read where it lies.',
    { free, size },
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
