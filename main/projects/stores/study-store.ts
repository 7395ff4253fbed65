import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { jsonObject, parseStored } from '../file/stored-json.ts';
import type { StudyInfo, StudyStore } from '../project.types.ts';

interface StudyRow {
  id: number;
  kind: string;
  title: string;
  spec: string;
  created_at: string;
}

/** Sets of runs that belong together. */
export class SqliteStudyStore implements StudyStore {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  create({ kind, title, spec }: Pick<StudyInfo, 'kind' | 'title' | 'spec'>): StudyInfo {
    const { id } = this.#database.run('INSERT INTO studies (kind, title, spec, created_at) VALUES (?, ?, ?, ?)', [
      kind,
      title,
      JSON.stringify(spec),
      new Date().toISOString(),
    ]);
    return this.get(id);
  }

  list(kind?: string): StudyInfo[] {
    return this.#database.snapshot(() =>
      this.#database
        .all<StudyRow>('SELECT * FROM studies WHERE ? IS NULL OR kind = ? ORDER BY id', [kind ?? null, kind ?? null])
        .map((row) => this.#info(row)),
    );
  }

  get(id: number): StudyInfo {
    return this.#database.snapshot(() => {
      const row = this.#database.get<StudyRow>('SELECT * FROM studies WHERE id = ?', [id]);
      if (row === undefined)
        throw new LacunaError('not-found', `There is no study ${id} in this project.`, 'List the studies first.', {
          studyId: id,
        });
      return this.#info(row);
    });
  }

  addRun(id: number, runId: number): void {
    this.#database.run('INSERT OR IGNORE INTO study_runs (study_id, run_id) VALUES (?, ?)', [id, runId]);
  }

  remove(id: number): void {
    this.#database.run('DELETE FROM studies WHERE id = ?', [id]);
  }

  #info(row: StudyRow): StudyInfo {
    const runIds = this.#database
      .all<{ run_id: number }>(
        'SELECT run_id FROM study_runs JOIN runs ON runs.id = run_id WHERE study_id = ? AND removed_at IS NULL ORDER BY run_id',
        [row.id],
      )
      .map(({ run_id: runId }) => runId);
    return {
      id: row.id,
      kind: row.kind,
      title: row.title,
      spec: parseStored(jsonObject, row.spec, this.#database.path, `The spec of study ${row.id}`),
      createdAt: row.created_at,
      runIds,
    };
  }
}
