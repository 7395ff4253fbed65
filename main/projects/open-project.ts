import { resolve } from 'node:path';
import { sweepStaging } from './datasets/staging.ts';
import { connect } from './file/connect.ts';
import { requireKnownVersion, requireProjectFile } from './file/file-identity.ts';
import { migrate } from './migrations/migrate.ts';
import { currentVersion, migrations } from './migrations/migrations.ts';
import type { Project } from './project.types.ts';
import { SqliteProject } from './sqlite-project.ts';

/**
 * An existing project, brought to the newest version of the file where it is older. Several processes may have one
 * project open.
 * @throws LacunaError `not-found`, `not-a-project`, `project-too-new`, `project-damaged`, `no-access`, `project-busy`
 */
export function openProject(path: string): Project {
  const absolute = resolve(path);
  requireProjectFile(absolute);
  const database = connect(absolute);
  try {
    requireKnownVersion(absolute, database.pragma('user_version') as number, currentVersion);
    // Where the drive cannot do it (some network drives), SQLite stays with the rollback journal, which also works.
    database.pragma('journal_mode = WAL');
    migrate(database, migrations);
    sweepStaging(database);
    const project = new SqliteProject(database);
    project.info();
    return project;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}
