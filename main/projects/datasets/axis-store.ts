import { z } from 'zod';
import type { Column } from '../../dataset/column.ts';
import type { AxisTable, ObsmArray } from '../../dataset/dataset-source.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { parseStored } from '../file/stored-json.ts';
import { ArrayStore } from '../stores/array-store.ts';

interface ColumnRow {
  id: number;
  name: string;
  kind: Column['kind'];
  ordered: number;
  colours: string | null;
}

const colourList = z.array(z.string());

/** Names, columns and obs-aligned arrays of a dataset. Rows say what there is, the array store holds the values. */
export class AxisStore {
  readonly #database: ProjectDatabase;
  readonly #arrays: ArrayStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#arrays = new ArrayStore(database);
  }

  putTable(datasetId: number, axis: 'obs' | 'var', table: AxisTable): void {
    this.#arrays.putStrings({ kind: 'dataset', id: datasetId }, `${axis} names`, table.names);
    for (const column of table.columns) this.putColumn(datasetId, axis, column);
  }

  /**
   * Adds a column, or replaces the one of that name where it stands.
   *
   * @param revision state of the annotation that it is
   */
  putColumn(datasetId: number, axis: 'obs' | 'var', column: Column, revision: number | null = null): void {
    const db = this.#database;
    const owner = { kind: 'dataset', id: datasetId } as const;
    db.transaction(() => {
      const before = db.get<{ id: number; position: number }>(
        'SELECT id, position FROM axis_columns WHERE dataset_id = ? AND axis = ? AND name = ?',
        [datasetId, axis, column.name],
      );
      if (before !== undefined) {
        this.#arrays.remove(owner, valuesOf(before.id));
        this.#arrays.remove(owner, categoriesOf(before.id));
        db.run('DELETE FROM axis_columns WHERE id = ?', [before.id]);
      }
      const next = db.get<{ position: number }>(
        'SELECT coalesce(max(position) + 1, 0) AS position FROM axis_columns WHERE dataset_id = ? AND axis = ?',
        [datasetId, axis],
      );
      const position = before?.position ?? next?.position ?? 0;
      const categorical = column.kind === 'categorical' ? column : null;
      const { id } = db.run(
        'INSERT INTO axis_columns (dataset_id, axis, position, name, kind, n_categories, ordered, colours, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [
          datasetId,
          axis,
          position,
          column.name,
          column.kind,
          categorical?.categories.length ?? null,
          categorical?.ordered === true ? 1 : 0,
          categorical?.colours === undefined ? null : JSON.stringify(categorical.colours),
          revision,
        ],
      );
      if (column.kind === 'string') this.#arrays.putStrings(owner, valuesOf(id), column.values);
      else this.#arrays.put(owner, valuesOf(id), column.kind === 'numeric' ? column.values : column.codes);
      if (categorical !== null) this.#arrays.putStrings(owner, categoriesOf(id), categorical.categories);
    });
  }

  /** Takes a column away; false when there is none of that name. */
  removeColumn(datasetId: number, axis: 'obs' | 'var', name: string): boolean {
    const db = this.#database;
    const owner = { kind: 'dataset', id: datasetId } as const;
    return db.transaction(() => {
      const found = db.get<{ id: number }>(
        'SELECT id FROM axis_columns WHERE dataset_id = ? AND axis = ? AND name = ?',
        [datasetId, axis, name],
      );
      if (found === undefined) return false;
      this.#arrays.remove(owner, valuesOf(found.id));
      this.#arrays.remove(owner, categoriesOf(found.id));
      db.run('DELETE FROM axis_columns WHERE id = ?', [found.id]);
      return true;
    });
  }

  table(datasetId: number, axis: 'obs' | 'var'): AxisTable {
    const rows = this.#database.all<ColumnRow>(
      'SELECT id, name, kind, ordered, colours FROM axis_columns WHERE dataset_id = ? AND axis = ? ORDER BY position',
      [datasetId, axis],
    );
    return {
      names: this.#arrays.requireStrings({ kind: 'dataset', id: datasetId }, `${axis} names`),
      columns: rows.map((row) => this.#column(datasetId, row)),
    };
  }

  /** One column; null when there is none of that name. */
  column(datasetId: number, axis: 'obs' | 'var', name: string): Column | null {
    const row = this.#database.get<ColumnRow>(
      'SELECT id, name, kind, ordered, colours FROM axis_columns WHERE dataset_id = ? AND axis = ? AND name = ?',
      [datasetId, axis, name],
    );
    return row === undefined ? null : this.#column(datasetId, row);
  }

  #column(datasetId: number, { id, name, kind, ordered, colours }: ColumnRow): Column {
    const owner = { kind: 'dataset', id: datasetId } as const;
    switch (kind) {
      case 'string':
        return { kind, name, values: this.#arrays.requireStrings(owner, valuesOf(id)) };
      case 'numeric':
        return { kind, name, values: this.#arrays.require(owner, valuesOf(id)).array as Float64Array };
      case 'categorical':
        return {
          kind,
          name,
          codes: this.#arrays.require(owner, valuesOf(id)).array as Int32Array,
          categories: this.#arrays.requireStrings(owner, categoriesOf(id)),
          ...(colours === null
            ? {}
            : { colours: parseStored(colourList, colours, this.#database.path, `The colours of ${name}`) }),
          ordered: ordered === 1,
        };
    }
  }

  putObsm(datasetId: number, position: number, array: ObsmArray): void {
    this.#database.run('INSERT INTO obsm (dataset_id, position, name, n_dim, unit) VALUES (?, ?, ?, ?, ?)', [
      datasetId,
      position,
      array.name,
      array.nDim,
      array.unit,
    ]);
    this.#arrays.put({ kind: 'dataset', id: datasetId }, obsmOf(array.name), array.values, array.nDim);
  }

  obsm(datasetId: number, name: string): ObsmArray | null {
    const row = this.#database.get<{ n_dim: number; unit: string }>(
      'SELECT n_dim, unit FROM obsm WHERE dataset_id = ? AND name = ?',
      [datasetId, name],
    );
    if (row === undefined) return null;
    const { array } = this.#arrays.require({ kind: 'dataset', id: datasetId }, obsmOf(name));
    return { name, nDim: row.n_dim, unit: row.unit, values: array as Float64Array };
  }
}

const valuesOf = (columnId: number): string => `column ${columnId} values`;
const categoriesOf = (columnId: number): string => `column ${columnId} categories`;
const obsmOf = (name: string): string => `obsm ${name}`;
