import { LacunaError } from '../../errors/lacuna-error.ts';
import { markerFactsSchema, type MarkerFacts } from '../../contract/entities/markers.ts';
import type { DenseOutput } from '../../methods/method.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { parseStored } from '../file/stored-json.ts';
import type { MarkerStore, MarkerTableInfo } from '../project.types.ts';
import { ArrayStore } from './array-store.ts';

interface TableRow {
  id: number;
  datasetId: number;
  facts: string;
  createdAt: string;
}

const select = `SELECT m.id, m.dataset_id AS datasetId, m.facts, m.created_at AS createdAt
  FROM marker_tables m JOIN datasets d ON d.id = m.dataset_id WHERE d.removed_at IS NULL`;

/** Tables of a dataset that are kept; older ones can be worked out again in seconds. */
const MOST_KEPT = 100;

/** Tables of markers, found again by what they were made from. */
export class SqliteMarkerStore implements MarkerStore {
  readonly #database: ProjectDatabase;
  readonly #arrays: ArrayStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#arrays = new ArrayStore(database);
  }

  list(datasetId: number): MarkerTableInfo[] {
    return this.#database
      .all<TableRow>(`${select} AND m.dataset_id = ? ORDER BY m.id`, [datasetId])
      .map((row) => this.#info(row));
  }

  get(id: number): MarkerTableInfo {
    const row = this.#database.get<TableRow>(`${select} AND m.id = ?`, [id]);
    if (row !== undefined) return this.#info(row);
    throw new LacunaError(
      'not-found',
      `There is no table of markers ${id} in the project ${this.#database.path}.`,
      'Find the markers again.',
    );
  }

  find(datasetId: number, key: string): MarkerTableInfo | null {
    const row = this.#database.get<TableRow>(`${select} AND m.dataset_id = ? AND m.key = ?`, [datasetId, key]);
    return row === undefined ? null : this.#info(row);
  }

  put(datasetId: number, key: string, facts: MarkerFacts, genes: Uint32Array, values: DenseOutput): MarkerTableInfo {
    const db = this.#database;
    const owner = { kind: 'dataset', id: datasetId } as const;
    return db.transaction(() => {
      const old = db.all<{ id: number }>(
        'SELECT id FROM marker_tables WHERE dataset_id = ? AND (key = ? OR id IN (SELECT id FROM marker_tables WHERE dataset_id = ? ORDER BY id DESC LIMIT -1 OFFSET ?))',
        [datasetId, key, datasetId, MOST_KEPT - 1],
      );
      for (const { id } of old) {
        this.#arrays.remove(owner, genesOf(id));
        this.#arrays.remove(owner, valuesOf(id));
        db.run('DELETE FROM marker_tables WHERE id = ?', [id]);
      }
      const { id } = db.run('INSERT INTO marker_tables (dataset_id, key, facts, created_at) VALUES (?, ?, ?, ?)', [
        datasetId,
        key,
        JSON.stringify(facts),
        new Date().toISOString(),
      ]);
      this.#arrays.put(owner, genesOf(id), genes);
      this.#arrays.put(owner, valuesOf(id), values.values, values.nDim);
      return this.get(id);
    });
  }

  genes(id: number): Uint32Array {
    return this.#arrays.require({ kind: 'dataset', id: this.get(id).datasetId }, genesOf(id)).array as Uint32Array;
  }

  values(id: number): DenseOutput {
    const { array, nDim } = this.#arrays.require({ kind: 'dataset', id: this.get(id).datasetId }, valuesOf(id));
    return { values: array as Float32Array, nDim };
  }

  #info({ facts, ...row }: TableRow): MarkerTableInfo {
    return {
      ...row,
      ...parseStored(markerFactsSchema, facts, this.#database.path, `The facts of the table of markers ${row.id}`),
    };
  }
}

const genesOf = (id: number): string => `markers ${id} genes`;
const valuesOf = (id: number): string => `markers ${id} values`;
