import Database from 'better-sqlite3';
import { LacunaError } from '../../errors/lacuna-error.ts';

/**
 * What SQLite says, in the application's words. A damaged file is told apart from a busy one, a full disk, a place
 * that may not be written, and a fault of ours (a constraint, a wrong statement), which stays `internal`.
 */
export function translateSqliteError(thrown: unknown, path: string): LacunaError {
  if (!(thrown instanceof Database.SqliteError)) return LacunaError.from(thrown);
  const { code, message } = thrown;
  const is = (family: string): boolean => code === family || code.startsWith(`${family}_`);
  if (is('SQLITE_CORRUPT') || is('SQLITE_NOTADB') || code === 'SQLITE_IOERR_SHORT_READ')
    return damaged(path, `SQLite says: ${message}`, thrown);
  if (is('SQLITE_BUSY') || is('SQLITE_LOCKED')) {
    return new LacunaError(
      'project-busy',
      `Another process is writing to the project ${path} and did not finish in time.`,
      'Wait for running imports and trainings, then try again.',
      { path },
      thrown,
    );
  }
  if (is('SQLITE_FULL'))
    return new LacunaError(
      'disk-full',
      `The disk that holds ${path} is full.`,
      'Free some space, then try again. Nothing half-written was kept.',
      { path },
      thrown,
    );
  if (is('SQLITE_NOMEM'))
    return new LacunaError(
      'out-of-memory',
      'The computer ran out of memory while working on the project.',
      'Close other programs, then try again.',
      { path },
      thrown,
    );
  if (is('SQLITE_READONLY') || is('SQLITE_CANTOPEN') || is('SQLITE_PERM') || is('SQLITE_AUTH') || is('SQLITE_IOERR')) {
    return new LacunaError(
      'no-access',
      `The project ${path} could not be read or written: ${message}.`,
      'Check that the drive is connected and that you may write to the file and its folder.',
      { path, sqlite: code },
      thrown,
    );
  }
  return new LacunaError(
    'internal',
    `The project ${path} refused a step: ${message}.`,
    'This is a fault of Lacuna. Please report it with the details below.',
    { path, sqlite: code },
    thrown,
  );
}

/** The error of a project whose bytes are not what was written. `where` names the dataset, chunk or run. */
export function damaged(path: string, where: string, cause?: unknown): LacunaError {
  return new LacunaError(
    'project-damaged',
    `The project ${path} is damaged. ${where}`,
    'Go back to a copy of the file. What is still readable can be exported.',
    { path, where },
    cause,
  );
}
