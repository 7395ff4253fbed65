import { LacunaError } from '../../errors/lacuna-error.ts';
import { inputKey } from '../../json/canonical-json.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { jsonObject, parseStored } from '../file/stored-json.ts';
import type { ClusteringInfo, ClusteringStore } from '../project.types.ts';
import { ArrayStore } from './array-store.ts';

interface ClusteringRow extends Omit<ClusteringInfo, 'parameters'> {
  parameters: string;
}

type ClusteringKey = Parameters<ClusteringStore['find']>[0];

const select = `SELECT c.id, c.run_id AS runId, c.space, c.kind, c.parameters, c.n_clusters AS nClusters, c.created_at AS createdAt
  FROM clusterings c JOIN runs r ON r.id = c.run_id JOIN datasets d ON d.id = r.dataset_id
  WHERE d.removed_at IS NULL AND r.removed_at IS NULL`;

export class SqliteClusteringStore implements ClusteringStore {
  readonly #database: ProjectDatabase;
  readonly #arrays: ArrayStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#arrays = new ArrayStore(database);
  }

  list(runId?: number): ClusteringInfo[] {
    const db = this.#database;
    const rows =
      runId === undefined
        ? db.all<ClusteringRow>(`${select} ORDER BY c.id`)
        : db.all<ClusteringRow>(`${select} AND c.run_id = ? ORDER BY c.id`, [runId]);
    return rows.map((row) => this.#info(row));
  }

  find(key: ClusteringKey): ClusteringInfo | null {
    const row = this.#database.get<ClusteringRow>(`${select} AND c.run_id = ? AND c.key = ?`, [key.runId, keyOf(key)]);
    return row === undefined ? null : this.#info(row);
  }

  /** Stores a clustering in place of one made from the same inputs. */
  put(clustering: Omit<ClusteringInfo, 'id' | 'createdAt'>, codes: Int32Array): ClusteringInfo {
    const db = this.#database;
    const { runId, space, kind, parameters, nClusters } = clustering;
    return db.transaction(() => {
      if (db.get('SELECT 1 FROM runs WHERE id = ?', [runId]) === undefined) throw missing(`run ${runId}`, db.path);
      const key = keyOf(clustering);
      db.run('DELETE FROM clusterings WHERE run_id = ? AND key = ?', [runId, key]);
      const createdAt = new Date().toISOString();
      const { id } = db.run(
        'INSERT INTO clusterings (run_id, key, space, kind, parameters, n_clusters, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [runId, key, space, kind, JSON.stringify(parameters), nClusters, createdAt],
      );
      this.#arrays.put({ kind: 'clustering', id }, 'codes', codes);
      return { id, runId, space, kind, parameters, nClusters, createdAt };
    });
  }

  codes(id: number): Int32Array {
    const found = this.#arrays.get({ kind: 'clustering', id }, 'codes');
    if (found === null) throw missing(`clustering ${id}`, this.#database.path);
    return found.array as Int32Array;
  }

  #info(row: ClusteringRow): ClusteringInfo {
    return {
      ...row,
      parameters: parseStored(
        jsonObject,
        row.parameters,
        this.#database.path,
        `The parameters of clustering ${row.id}`,
      ),
    };
  }
}

function keyOf({ runId, space, kind, parameters }: ClusteringKey): string {
  return inputKey({ runId, space, kind, parameters });
}

function missing(what: string, path: string): LacunaError {
  return new LacunaError(
    'not-found',
    `There is no ${what} in the project ${path}.`,
    'It may have been removed; make it again.',
  );
}
