import type { CheckpointState } from '../../methods/method.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { jsonObject, parseStored } from '../file/stored-json.ts';
import { ArrayStore } from './array-store.ts';

/**
 * The newest complete checkpoint of each run. A new one is written array by array, so that no other process waits long
 * for the write lock; one last transaction makes it count and drops the one before it. A process that dies on the way
 * leaves the older checkpoint in force.
 */
export class CheckpointStore {
  readonly #database: ProjectDatabase;
  readonly #arrays: ArrayStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#arrays = new ArrayStore(database);
  }

  save(runId: number, checkpoint: CheckpointState): void {
    const db = this.#database;
    this.dropIncomplete(runId);
    const { id } = db.run(
      'INSERT INTO checkpoints (run_id, epoch, state, complete, created_at) VALUES (?, ?, ?, 0, ?)',
      [runId, checkpoint.epoch, JSON.stringify(checkpoint.state), new Date().toISOString()],
    );
    for (const name of Object.keys(checkpoint.arrays)) {
      this.#arrays.put({ kind: 'checkpoint', id }, name, checkpoint.arrays[name]);
    }
    db.transaction(() => {
      db.run('UPDATE checkpoints SET complete = 1 WHERE id = ?', [id]);
      db.run('DELETE FROM checkpoints WHERE run_id = ? AND id <> ?', [runId, id]);
    });
  }

  /** @throws LacunaError `project-damaged` */
  load(runId: number): CheckpointState | null {
    const db = this.#database;
    return db.snapshot(() => {
      const row = db.get<{ id: number; epoch: number; state: string }>(
        'SELECT id, epoch, state FROM checkpoints WHERE run_id = ? AND complete = 1 ORDER BY id DESC LIMIT 1',
        [runId],
      );
      if (row === undefined) return null;
      const owner = { kind: 'checkpoint', id: row.id } as const;
      const arrays: Record<string, Float32Array> = {};
      for (const name of this.#arrays.names(owner))
        arrays[name] = this.#arrays.require(owner, name).array as Float32Array;
      return {
        epoch: row.epoch,
        arrays,
        state: parseStored(jsonObject, row.state, db.path, `The checkpoint of run ${runId}`),
      };
    });
  }

  dropIncomplete(runId: number): void {
    this.#database.run('DELETE FROM checkpoints WHERE run_id = ? AND complete = 0', [runId]);
  }

  drop(runId: number): void {
    this.#database.run('DELETE FROM checkpoints WHERE run_id = ?', [runId]);
  }
}
