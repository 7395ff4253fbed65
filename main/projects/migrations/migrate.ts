import type { ProjectDatabase } from '../file/project-database.ts';
import type { Migration } from './migration.ts';

/**
 * Brings a file to the newest version: each step in a transaction of its own together with its `user_version`, so that
 * a power cut leaves a whole version behind. Two processes may open the same old file at once: the version is read
 * again under the write lock.
 */
export function migrate(database: ProjectDatabase, steps: readonly Migration[]): void {
  for (const step of steps) {
    if ((database.pragma('user_version') as number) >= step.version) continue;
    database.transaction(() => {
      if ((database.pragma('user_version') as number) >= step.version) return;
      database.exec(step.sql);
      database.pragma(`user_version = ${step.version}`);
    });
  }
}
