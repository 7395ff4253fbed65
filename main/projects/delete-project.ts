import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { LacunaError } from '../errors/lacuna-error.ts';
import { connect } from './file/connect.ts';
import { isOpenHere } from './file/open-files.ts';
import { requireProjectFile } from './file/file-identity.ts';

/**
 * Deletes a project file for good, with the side files that a crash may have left. A damaged project can be deleted too.
 * @throws LacunaError `not-found`, `not-a-project`, `project-busy` while any process has it open, `no-access`
 */
export function deleteProject(path: string): void {
  const absolute = resolve(path);
  requireProjectFile(absolute);
  if (isOpenHere(absolute)) throw isOpen(absolute);
  requireClosed(absolute);
  try {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(absolute + suffix, { force: true });
  } catch (thrown) {
    throw LacunaError.from(thrown);
  }
}

/** Only a sole connection may leave the write-ahead log; SQLite refuses it to everybody else. */
function requireClosed(path: string): void {
  try {
    const database = connect(path);
    try {
      database.pragma('busy_timeout = 0');
      database.pragma('journal_mode = DELETE');
    } finally {
      database.close();
    }
  } catch (thrown) {
    const error = LacunaError.from(thrown);
    if (error.code === 'project-damaged') return;
    if (error.code !== 'project-busy') throw error;
    throw isOpen(path, thrown);
  }
}

function isOpen(path: string, cause?: unknown): LacunaError {
  return new LacunaError(
    'project-busy',
    `The project ${path} is open.`,
    'Close it in every window, stop its runs, then delete it.',
    { path },
    cause,
  );
}
