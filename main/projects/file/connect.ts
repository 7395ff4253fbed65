import Database from 'better-sqlite3';
import { ProjectDatabase } from './project-database.ts';
import { translateSqliteError } from './sqlite-error.ts';

/**
 * How long a writer waits for another process, ms. Writes are short (an import commits chunk by chunk, a checkpoint
 * array by array); a finished run with a large outcome takes a second or two.
 */
const patienceMs = 10_000;

/** A connection to an existing file with the settings that last only as long as it: the rest is in the file. */
export function connect(path: string): ProjectDatabase {
  let connection: Database.Database;
  try {
    connection = new Database(path, { timeout: patienceMs, fileMustExist: true });
  } catch (thrown) {
    throw translateSqliteError(thrown, path);
  }
  const database = new ProjectDatabase(connection, path);
  try {
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma('journal_size_limit = 67108864');
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  return database;
}
