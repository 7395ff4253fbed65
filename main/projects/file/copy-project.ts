import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { sweepStaging } from '../datasets/staging.ts';
import { connect } from './connect.ts';
import { requireFolderOf } from './require-folder.ts';
import type { ProjectDatabase } from './project-database.ts';
import { purge } from './purge.ts';

/** Pages of 8 KiB copied in one go while nothing disturbs: 32 MiB, some 30 ms. */
const pagesPerStep = 4096;

/**
 * One consistent file at `target`, made while the project is open. It appears under its name only when it is complete;
 * it is a project of its own, with
 * a new uuid; unfinished imports and removed things stay out, and runs that are at work are `interrupted` in it.
 * @throws LacunaError `bad-request` when the target exists, `not-found` when its folder does not, `disk-full` …
 */
export async function copyProject(database: ProjectDatabase, target: string): Promise<void> {
  const path = resolve(target);
  requireFolderOf(path);
  if (existsSync(path))
    throw new LacunaError(
      'bad-request',
      `There is already a file at ${path}.`,
      'Choose another name, or delete that file first.',
      { path },
    );
  const part = `${path}.part`;
  rmSync(part, { force: true });
  try {
    let least = Infinity;
    await database.backup(part, ({ totalPages, remainingPages }) => {
      // SQLite starts again whenever another process has written. When that happens, the rest goes in one step: a short
      // pause of this process is better than a copy that never ends.
      const restarted = remainingPages > least;
      least = Math.min(least, remainingPages);
      return restarted ? totalPages + pagesPerStep : pagesPerStep;
    });
    const copy = connect(part);
    try {
      copy.pragma('journal_mode = DELETE');
      copy.run('UPDATE project SET uuid = ?', [randomUUID()]);
      sweepStaging(copy, { all: true });
      copy.run("UPDATE runs SET state = 'interrupted' WHERE state = 'running'");
      purge(copy);
    } finally {
      copy.close();
    }
    renameSync(part, path);
  } catch (thrown) {
    for (const leftover of [part, `${part}-wal`, `${part}-shm`, `${part}-journal`]) rmSync(leftover, { force: true });
    throw LacunaError.from(thrown);
  }
}
