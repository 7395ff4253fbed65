import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ProjectDatabase } from '../file/project-database.ts';
import { deleteDataset } from './delete-dataset.ts';

/**
 * Datasets while they are being imported.
 *
 * One transaction around a whole import would be the shortest way to "all or nothing", but it would keep the write lock
 * while the reader waits for its file, so that no training could store an epoch, and the write-ahead log would grow to
 * the size of the dataset and double the disk that is needed. So chunks are committed one by one under a dataset row
 * that is invisible while it carries a token; the last transaction takes the token away. Whatever an import leaves
 * behind is deleted when it fails, or at the next opening when its process died.
 */
const live = new Set<string>();

/** How long an import may be silent before a process of the same number is taken for another one. */
const silenceMs = 10 * 60 * 1000;

export interface Staging {
  datasetId: number;
  token: string;
}

export function beginStaging(
  database: ProjectDatabase,
  dataset: { name: string; nObs: number; nVar: number; provenance: Record<string, unknown> },
): Staging {
  const token = randomUUID();
  const now = new Date().toISOString();
  const { id } = database.run(
    `INSERT INTO datasets (name, n_obs, n_var, created_at, provenance, import_token, import_pid, import_host, import_seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      dataset.name,
      dataset.nObs,
      dataset.nVar,
      now,
      JSON.stringify(dataset.provenance),
      token,
      process.pid,
      hostname(),
      now,
    ],
  );
  live.add(token);
  return { datasetId: id, token };
}

/** Says that the import is alive; cheap enough for every chunk. */
export function touchStaging(database: ProjectDatabase, staging: Staging): void {
  database.run('UPDATE datasets SET import_seen_at = ? WHERE id = ?', [new Date().toISOString(), staging.datasetId]);
}

/** Makes the dataset visible. Call it inside the last transaction, then `endStaging`. */
export function publishStaging(database: ProjectDatabase, staging: Staging): void {
  database.run(
    'UPDATE datasets SET import_token = NULL, import_pid = NULL, import_host = NULL, import_seen_at = NULL WHERE id = ?',
    [staging.datasetId],
  );
}

export function endStaging(staging: Staging): void {
  live.delete(staging.token);
}

/** Deletes what dead imports left. `all`: also those that seem alive (in a copy of a project nobody imports). */
export function sweepStaging(database: ProjectDatabase, { all = false } = {}): void {
  const rows = database.all<{ id: number; token: string; pid: number; host: string; seenAt: string }>(
    'SELECT id, import_token AS token, import_pid AS pid, import_host AS host, import_seen_at AS seenAt FROM datasets WHERE import_token IS NOT NULL',
  );
  for (const row of rows) if (all || !isAlive(row)) deleteDataset(database, row.id);
}

function isAlive(row: { token: string; pid: number; host: string; seenAt: string }): boolean {
  if (live.has(row.token)) return true;
  const silent = Date.now() - Date.parse(row.seenAt) > silenceMs;
  // On a shared drive the other computer cannot be asked; its import is given the same time.
  if (row.host !== hostname()) return !silent;
  if (row.pid === process.pid) return false;
  try {
    process.kill(row.pid, 0);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return !silent;
}
