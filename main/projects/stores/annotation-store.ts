import { z } from 'zod';
import type { CategoricalColumn } from '../../dataset/column.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { AxisStore } from '../datasets/axis-store.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { parseStored } from '../file/stored-json.ts';
import type { AnnotationRevision, AnnotationStore } from '../project.types.ts';
import { ArrayStore } from './array-store.ts';

interface RevisionRow {
  id: number;
  datasetId: number;
  name: string;
  origin: string;
  change: string;
  categories: string;
  colours: string;
  createdAt: string;
}

const select = `SELECT a.id, a.dataset_id AS datasetId, a.name, a.origin, a.change, a.categories, a.colours, a.created_at AS createdAt
  FROM annotation_revisions a JOIN datasets d ON d.id = a.dataset_id WHERE d.removed_at IS NULL`;
const texts = z.array(z.string());

/** Annotations as revisions; the one in force is an obs column like any other. */
export class SqliteAnnotationStore implements AnnotationStore {
  readonly #database: ProjectDatabase;
  readonly #arrays: ArrayStore;
  readonly #axes: AxisStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#arrays = new ArrayStore(database);
    this.#axes = new AxisStore(database);
  }

  list(datasetId: number): AnnotationRevision[] {
    return this.#database
      .all<RevisionRow>(
        `${select} AND a.dataset_id = ? AND a.id IN
         (SELECT c.revision FROM axis_columns c WHERE c.dataset_id = a.dataset_id AND c.axis = 'obs') ORDER BY a.id`,
        [datasetId],
      )
      .map((row) => this.#info(row));
  }

  put(datasetId: number, column: CategoricalColumn, origin: string, change: string): AnnotationRevision {
    const db = this.#database;
    return db.transaction(() => {
      const { id } = db.run(
        'INSERT INTO annotation_revisions (dataset_id, name, origin, change, categories, colours, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [
          datasetId,
          column.name,
          origin,
          change,
          JSON.stringify(column.categories),
          JSON.stringify(column.colours ?? []),
          new Date().toISOString(),
        ],
      );
      this.#arrays.put({ kind: 'dataset', id: datasetId }, codesOf(id), column.codes);
      this.#putInForce(datasetId, column, id);
      return this.get(id);
    });
  }

  get(id: number): AnnotationRevision {
    const row = this.#database.get<RevisionRow>(`${select} AND a.id = ?`, [id]);
    if (row !== undefined) return this.#info(row);
    throw new LacunaError(
      'not-found',
      `There is no state ${id} of an annotation in the project ${this.#database.path}.`,
      'It went with its column when the project was closed.',
    );
  }

  restore(id: number): AnnotationRevision {
    return this.#database.transaction(() => {
      const revision = this.get(id);
      const { array } = this.#arrays.require({ kind: 'dataset', id: revision.datasetId }, codesOf(id));
      this.#putInForce(
        revision.datasetId,
        {
          kind: 'categorical',
          name: revision.name,
          codes: array as Int32Array,
          categories: revision.categories,
          colours: revision.colours,
          ordered: false,
        },
        id,
      );
      return revision;
    });
  }

  /** Scores against other groups than these would be wrong; names and colours change none. */
  #putInForce(datasetId: number, column: CategoricalColumn, revision: number): void {
    const before = this.#axes.column(datasetId, 'obs', column.name);
    this.#axes.putColumn(datasetId, 'obs', column, revision);
    const same = before?.kind === 'categorical' && before.codes.every((code, i) => code === column.codes[i]);
    if (!same)
      this.#database.run(
        'DELETE FROM scores WHERE labels = ? AND run_id IN (SELECT id FROM runs WHERE dataset_id = ?)',
        [column.name, datasetId],
      );
  }

  #info(row: RevisionRow): AnnotationRevision {
    const where = `State ${row.id} of the annotation ${row.name}`;
    return {
      ...row,
      categories: parseStored(texts, row.categories, this.#database.path, where),
      colours: parseStored(texts, row.colours, this.#database.path, where),
    };
  }
}

/** Deletes the states of columns that are gone; called when the last process closes a project. */
export function purgeAnnotations(database: ProjectDatabase): void {
  const gone = database.all<{ id: number; datasetId: number }>(
    `SELECT id, dataset_id AS datasetId FROM annotation_revisions a WHERE NOT EXISTS
      (SELECT 1 FROM axis_columns c WHERE c.dataset_id = a.dataset_id AND c.axis = 'obs' AND c.name = a.name)`,
  );
  const arrays = new ArrayStore(database);
  for (const { id, datasetId } of gone) {
    arrays.remove({ kind: 'dataset', id: datasetId }, codesOf(id));
    database.run('DELETE FROM annotation_revisions WHERE id = ?', [id]);
  }
}

const codesOf = (revision: number): string => `annotation ${revision}`;
