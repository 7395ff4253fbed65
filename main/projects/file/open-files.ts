import { statSync } from 'node:fs';

/**
 * The project files that this process has open through SQLite, by device and inode. Nobody else may open such a file
 * with `fs`, not even to read: on POSIX systems, closing any descriptor of a file drops every lock that the process holds on
 * it, and another process could then write where SQLite believes itself alone. (Threads of one process would have to
 * share this list; Lacuna works in processes.)
 */
const open = new Map<string, number>();

/** Notes a connection; the result takes the note back. */
export function noteOpen(path: string): () => void {
  const key = keyOf(path);
  if (key === null) return () => undefined;
  open.set(key, (open.get(key) ?? 0) + 1);
  return () => {
    const left = (open.get(key) ?? 1) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  };
}

/** Whether this process has a connection to the file at `path`. */
export function isOpenHere(path: string): boolean {
  const key = keyOf(path);
  return key !== null && open.has(key);
}

function keyOf(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.dev}:${stat.ino}`;
}
