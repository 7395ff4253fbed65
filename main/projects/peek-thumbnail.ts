import Database from 'better-sqlite3';
import { requireProjectFile } from './file/file-identity.ts';
import { noteOpen } from './file/open-files.ts';
import type { Picture } from './project.types.ts';

/**
 * The picture of a project that need not be open, read without changing the file or waiting for anybody: for the recent
 * list. Null when there is none, and when it cannot be seen just now (the file is gone, damaged or locked).
 */
export function peekThumbnail(path: string): Picture | null {
  try {
    requireProjectFile(path);
    const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
    const forget = noteOpen(path);
    try {
      const picture = connection
        .prepare("SELECT media_type AS mediaType, bytes FROM pictures WHERE name = 'thumbnail'")
        .get() as Picture | undefined;
      return picture ?? null;
    } finally {
      connection.close();
      forget();
    }
  } catch {
    return null;
  }
}
