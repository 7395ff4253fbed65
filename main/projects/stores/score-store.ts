import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { jsonObject, parseStored } from '../file/stored-json.ts';
import type { ScoreRow, ScoreStore } from '../project.types.ts';

interface StoredScore extends Omit<ScoreRow, 'protocol' | 'value'> {
  value: number | null;
  protocol: string;
}

export class SqliteScoreStore implements ScoreStore {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  list(filter: { runIds?: number[] } = {}): ScoreRow[] {
    const db = this.#database;
    const wanted = filter.runIds === undefined ? null : JSON.stringify(filter.runIds);
    return db
      .all<StoredScore>(
        `SELECT s.run_id AS runId, s.space, s.clustering, s.metric, s.value, s.labels, s.seed, s.protocol, s.wall_seconds AS wallSeconds
         FROM scores s JOIN runs r ON r.id = s.run_id JOIN datasets d ON d.id = r.dataset_id
         WHERE r.removed_at IS NULL AND d.removed_at IS NULL AND (? IS NULL OR s.run_id IN (SELECT value FROM json_each(?)))
         ORDER BY s.run_id, s.rowid`,
        [wanted, wanted],
      )
      .map((row) => ({
        ...row,
        value: row.value ?? NaN,
        protocol: parseStored(jsonObject, row.protocol, db.path, `The protocol of a score of run ${row.runId}`),
      }));
  }

  put(rows: ScoreRow[]): void {
    const db = this.#database;
    db.transaction(() => {
      for (const row of rows) {
        if (db.get('SELECT 1 FROM runs WHERE id = ?', [row.runId]) === undefined)
          throw new LacunaError(
            'not-found',
            `There is no run ${row.runId} in the project ${db.path}.`,
            'List the runs of the project to see their numbers.',
          );
        db.run(
          'INSERT OR REPLACE INTO scores (run_id, space, clustering, metric, labels, value, seed, protocol, wall_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          [
            row.runId,
            row.space,
            row.clustering,
            row.metric,
            row.labels,
            row.value,
            row.seed,
            JSON.stringify(row.protocol),
            row.wallSeconds,
          ],
        );
      }
    });
  }
}
