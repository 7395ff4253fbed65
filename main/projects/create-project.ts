import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { LacunaError } from '../errors/lacuna-error.ts';
import { appVersion } from './file/app-version.ts';
import { connect } from './file/connect.ts';
import { applicationId } from './file/file-identity.ts';
import type { ProjectDatabase } from './file/project-database.ts';
import { requireFolderOf } from './file/require-folder.ts';
import { migrate } from './migrations/migrate.ts';
import { migrations } from './migrations/migrations.ts';
import type { Project } from './project.types.ts';
import { SqliteProject } from './sqlite-project.ts';

/**
 * A new, empty project file, opened. `title` is the file's name when nothing is said.
 * @throws LacunaError `bad-request` when something is at `path` already, `not-found` when its folder does not exist,
 * `no-access`
 */
export function createProject(path: string, { title }: { title?: string } = {}): Project {
  const absolute = resolve(path);
  requireFolderOf(absolute);
  claim(absolute);
  let database: ProjectDatabase | undefined;
  try {
    database = connect(absolute);
    // These three can only be chosen while the file is empty.
    database.pragma('page_size = 8192');
    database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma(`application_id = ${applicationId}`);
    migrate(database, migrations);
    database.run('INSERT INTO project (id, uuid, title, created_at, app_version) VALUES (1, ?, ?, ?, ?)', [
      randomUUID(),
      title?.trim() || basename(absolute).replace(/\.lacuna$/i, ''),
      new Date().toISOString(),
      appVersion,
    ]);
    database.pragma('journal_mode = WAL');
    const project = new SqliteProject(database);
    // The first read in the new mode takes the lock that tells others that the project is open.
    project.info();
    return project;
  } catch (thrown) {
    database?.close();
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(absolute + suffix, { force: true });
    throw thrown;
  }
}

/** Makes the empty file, which fails if another one is there, even one that appeared this very moment. */
function claim(path: string): void {
  try {
    closeSync(openSync(path, 'wx'));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST')
      throw new LacunaError(
        'bad-request',
        `There is already a file at ${path}.`,
        'Choose another name, or open that project.',
        { path },
        thrown,
      );
    throw LacunaError.from(thrown);
  }
}
