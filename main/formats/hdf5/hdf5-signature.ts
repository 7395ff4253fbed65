import { open } from 'node:fs/promises';
import { Hdf5File } from './hdf5-file.ts';

const signature = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** True when the file begins as an HDF5 file does: at byte 0, or at 512, 1024 … when a user block precedes it. */
export async function hasHdf5Signature(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const bytes = Buffer.alloc(signature.length);
    for (const at of [0, 512, 1024, 2048, 4096]) {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
      if (bytesRead === bytes.length && bytes.equals(signature)) return true;
    }
    return false;
  } catch {
    return false; // a folder, for example
  } finally {
    await file.close();
  }
}

/** What `look` finds in an HDF5 file; `null` when it is none or cannot be read. */
export async function sniffHdf5<T>(path: string, look: (file: Hdf5File) => T): Promise<T | null> {
  if (!(await hasHdf5Signature(path))) return null;
  try {
    const file = await Hdf5File.open(path);
    try {
      return look(file);
    } finally {
      file.close();
    }
  } catch {
    return null;
  }
}
