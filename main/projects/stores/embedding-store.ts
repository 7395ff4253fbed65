import { LacunaError } from '../../errors/lacuna-error.ts';
import type { DenseOutput } from '../../methods/method.ts';
import { inputKey } from '../../json/canonical-json.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { jsonObject, parseStored } from '../file/stored-json.ts';
import type { EmbeddingInfo, EmbeddingKey, EmbeddingStore } from '../project.types.ts';
import { ArrayStore } from './array-store.ts';

interface EmbeddingRow extends Omit<EmbeddingInfo, 'parameters'> {
  parameters: string;
}

const select = `SELECT e.id, e.dataset_id AS datasetId, e.run_id AS runId, e.space, e.kind, e.n_dim AS nDim, e.parameters, e.created_at AS createdAt, e.wall_seconds AS wallSeconds
  FROM embeddings e JOIN datasets d ON d.id = e.dataset_id LEFT JOIN runs r ON r.id = e.run_id
  WHERE d.removed_at IS NULL AND r.removed_at IS NULL`;

export class SqliteEmbeddingStore implements EmbeddingStore {
  readonly #database: ProjectDatabase;
  readonly #arrays: ArrayStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#arrays = new ArrayStore(database);
  }

  list(runId?: number): EmbeddingInfo[] {
    const db = this.#database;
    const rows =
      runId === undefined
        ? db.all<EmbeddingRow>(`${select} ORDER BY e.id`)
        : db.all<EmbeddingRow>(`${select} AND e.run_id = ? ORDER BY e.id`, [runId]);
    return rows.map((row) => this.#info(row));
  }

  find(key: EmbeddingKey): EmbeddingInfo | null {
    const db = this.#database;
    const row =
      key.datasetId === undefined
        ? db.get<EmbeddingRow>(`${select} AND e.key = ? ORDER BY e.id DESC`, [keyOf(key)])
        : db.get<EmbeddingRow>(`${select} AND e.key = ? AND e.dataset_id = ?`, [keyOf(key), key.datasetId]);
    return row === undefined ? null : this.#info(row);
  }

  /** Stores a picture in place of one made from the same inputs. */
  put(embedding: Omit<EmbeddingInfo, 'id' | 'createdAt'>, values: Float32Array): EmbeddingInfo {
    const db = this.#database;
    const { datasetId, runId, space, kind, nDim, parameters, wallSeconds } = embedding;
    return db.transaction(() => {
      if (db.get('SELECT 1 FROM datasets WHERE id = ?', [datasetId]) === undefined)
        throw missing(`dataset ${datasetId}`, db.path);
      if (runId !== null && db.get('SELECT 1 FROM runs WHERE id = ?', [runId]) === undefined)
        throw missing(`run ${runId}`, db.path);
      const key = keyOf(embedding);
      db.run('DELETE FROM embeddings WHERE dataset_id = ? AND key = ?', [datasetId, key]);
      const createdAt = new Date().toISOString();
      const { id } = db.run(
        'INSERT INTO embeddings (dataset_id, run_id, key, space, kind, n_dim, parameters, created_at, wall_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [datasetId, runId, key, space, kind, nDim, JSON.stringify(parameters), createdAt, wallSeconds],
      );
      this.#arrays.put({ kind: 'embedding', id }, 'values', values, nDim);
      return { id, datasetId, runId, space, kind, nDim, parameters, createdAt, wallSeconds };
    });
  }

  values(id: number): DenseOutput {
    const found = this.#arrays.get({ kind: 'embedding', id }, 'values');
    if (found === null) throw missing(`embedding ${id}`, this.#database.path);
    return { nDim: found.nDim, values: found.array as Float32Array };
  }

  #info(row: EmbeddingRow): EmbeddingInfo {
    return {
      ...row,
      parameters: parseStored(jsonObject, row.parameters, this.#database.path, `The parameters of embedding ${row.id}`),
    };
  }
}

function keyOf({ runId, space, kind, nDim, parameters }: EmbeddingKey): string {
  return inputKey({ runId, space, kind, nDim, parameters });
}

function missing(what: string, path: string): LacunaError {
  return new LacunaError(
    'not-found',
    `There is no ${what} in the project ${path}.`,
    'It may have been removed; make it again.',
  );
}
