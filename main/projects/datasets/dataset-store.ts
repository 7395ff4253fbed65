import type { Column } from '../../dataset/column.ts';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { AxisTable, DatasetSource, ObsmArray, ValueKind } from '../../dataset/dataset-source.ts';
import type { CellBorders, SpatialLayout, TissueImage } from '../../dataset/spatial-layout.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { jsonObject, parseStored } from '../file/stored-json.ts';
import type { DatasetInfo, DatasetStore } from '../project.types.ts';
import { AxisStore } from './axis-store.ts';
import { SpatialStore } from './spatial-store.ts';
import { importDataset } from './import-dataset.ts';
import { loadMatrix, readGene, readRows } from './matrix-chunks.ts';
import type { StoredMatrix } from './matrix-chunks.ts';
import { ModalityStore } from './modality-store.ts';

interface DatasetRow {
  id: number;
  name: string;
  n_obs: number;
  n_var: number;
  created_at: string;
  provenance: string;
}

/** A dataset that can be seen: neither removed nor still being imported. */
const visible = 'removed_at IS NULL AND import_token IS NULL';

export class SqliteDatasetStore implements DatasetStore {
  readonly #database: ProjectDatabase;
  readonly #axes: AxisStore;
  readonly #spatial: SpatialStore;
  readonly #modalities: ModalityStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#axes = new AxisStore(database);
    this.#spatial = new SpatialStore(database);
    this.#modalities = new ModalityStore(database);
  }

  list(): DatasetInfo[] {
    return this.#database.snapshot(() =>
      this.#database
        .all<DatasetRow>(
          `SELECT id, name, n_obs, n_var, created_at, provenance FROM datasets WHERE ${visible} ORDER BY id`,
        )
        .map((row) => this.#info(row)),
    );
  }

  get(id: number): DatasetInfo {
    return this.#database.snapshot(() => this.#info(this.#require(id)));
  }

  async import(source: DatasetSource, task?: LongTask): Promise<DatasetInfo> {
    return this.get(await importDataset(this.#database, source, task));
  }

  rename(id: number, name: string): void {
    this.#require(id);
    if (name.trim() === '') throw new LacunaError('bad-option', 'A dataset needs a name.', 'Type at least one letter.');
    this.#database.run('UPDATE datasets SET name = ? WHERE id = ?', [name.trim(), id]);
  }

  remove(id: number): void {
    this.#require(id);
    this.#database.run('UPDATE datasets SET removed_at = ? WHERE id = ?', [new Date().toISOString(), id]);
  }

  restore(id: number): void {
    const { changes } = this.#database.run(
      'UPDATE datasets SET removed_at = NULL WHERE id = ? AND import_token IS NULL',
      [id],
    );
    if (changes === 0) throw this.#notFound(id);
  }

  obs(id: number): AxisTable {
    return this.#table(id, 'obs');
  }

  var(id: number): AxisTable {
    return this.#table(id, 'var');
  }

  obsm(id: number, name: string): ObsmArray {
    return this.#database.snapshot(() => {
      this.#require(id);
      const array = this.#axes.obsm(id, name);
      if (array === null)
        throw new LacunaError(
          'not-found',
          `Dataset ${id} has no array "${name}" for its observations.`,
          'Choose one of those that the dataset lists.',
        );
      return array;
    });
  }

  modalityVar(id: number, name: string): AxisTable {
    return this.#database.snapshot(() => {
      this.#require(id);
      return this.#modalities.variables(id, name);
    });
  }

  modalityFeature(id: number, name: string, variable: number): Float32Array {
    return this.#database.snapshot(() => {
      this.#require(id);
      return this.#modalities.feature(id, name, variable);
    });
  }

  modalityMeanLog(id: number, name: string): Float64Array {
    return this.#database.snapshot(() => {
      this.#require(id);
      return this.#modalities.meanLog(id, name);
    });
  }

  putScale(id: number, scale: Pick<SpatialLayout, 'obsm' | 'micrometresPerUnit' | 'spotSize'>): void {
    this.obsm(id, scale.obsm);
    for (const value of [scale.micrometresPerUnit, scale.spotSize])
      if (value !== null && !(value > 0 && Number.isFinite(value)))
        throw new LacunaError('bad-option', `${value} is no length.`, 'Type a number above 0.');
    this.#spatial.putScale(id, scale);
  }

  tissueImage(id: number, name: string): TissueImage {
    return this.#database.snapshot(() => {
      this.#require(id);
      return this.#spatial.image(id, name);
    });
  }

  cellBorders(id: number): CellBorders | null {
    return this.#database.snapshot(() => {
      this.#require(id);
      return this.#spatial.borders(id);
    });
  }

  putObsColumn(id: number, column: Column): void {
    const { n_obs: nObs } = this.#require(id);
    const length = column.kind === 'categorical' ? column.codes.length : column.values.length;
    if (length !== nObs)
      throw new LacunaError(
        'bad-request',
        `The column "${column.name}" has ${length} values; dataset ${id} has ${nObs} observations.`,
        'Give one value for each observation.',
      );
    this.#axes.putColumn(id, 'obs', column);
  }

  removeObsColumn(id: number, name: string): void {
    this.#require(id);
    if (!this.#axes.removeColumn(id, 'obs', name))
      throw new LacunaError(
        'not-found',
        `Dataset ${id} has no obs column "${name}".`,
        'Choose one of those that the dataset lists.',
      );
  }

  rows(id: number, start: number, end: number, matrix?: string): CsrMatrix {
    const stored = this.#matrix(id, matrix);
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start || end > stored.nObs) {
      throw new LacunaError(
        'bad-request',
        `Observations ${start} to ${end} of dataset ${id} were asked for; it has ${stored.nObs}.`,
        'Ask for a range within the dataset.',
      );
    }
    return readRows(this.#database, stored, start, end);
  }

  async load(id: number, matrix?: string, task?: LongTask): Promise<CsrMatrix> {
    return loadMatrix(this.#database, this.#matrix(id, matrix), task);
  }

  gene(id: number, variable: number, matrix?: string): Float32Array {
    const stored = this.#matrix(id, matrix);
    if (!Number.isInteger(variable) || variable < 0 || variable >= stored.nVar) {
      throw new LacunaError(
        'bad-request',
        `Variable ${variable} of dataset ${id} was asked for; it has ${stored.nVar}.`,
        'Ask for a variable of the dataset.',
      );
    }
    return readGene(this.#database, stored, variable);
  }

  #table(id: number, axis: 'obs' | 'var'): AxisTable {
    return this.#database.snapshot(() => {
      this.#require(id);
      return this.#axes.table(id, axis);
    });
  }

  #matrix(id: number, name: string | undefined): StoredMatrix {
    return this.#database.snapshot(() => {
      const { n_obs: nObs, n_var: nVar } = this.#require(id);
      const row = this.#database.get<{ id: number; name: string; nnz: number }>(
        'SELECT id, name, nnz FROM matrices WHERE dataset_id = ? AND (name = ? OR (? IS NULL AND position = 0))',
        [id, name ?? null, name ?? null],
      );
      if (row === undefined)
        throw new LacunaError(
          'not-found',
          `Dataset ${id} has no matrix ${name === undefined ? 'at all' : `"${name}"`}.`,
          'Choose one of those that the dataset lists.',
        );
      return { ...row, datasetId: id, nObs, nVar };
    });
  }

  #require(id: number): DatasetRow {
    const row = this.#database.get<DatasetRow>(
      `SELECT id, name, n_obs, n_var, created_at, provenance FROM datasets WHERE id = ? AND ${visible}`,
      [id],
    );
    if (row === undefined) throw this.#notFound(id);
    return row;
  }

  #notFound(id: number): LacunaError {
    return new LacunaError(
      'not-found',
      `There is no dataset ${id} in the project ${this.#database.path}.`,
      'List the datasets of the project to see their numbers.',
      { datasetId: id },
    );
  }

  #info(row: DatasetRow): DatasetInfo {
    const db = this.#database;
    const matrices = db.all<{ name: string; value_kind: ValueKind; nnz: number }>(
      'SELECT name, value_kind, nnz FROM matrices WHERE dataset_id = ? ORDER BY position',
      [row.id],
    );
    return {
      id: row.id,
      name: row.name,
      nObs: row.n_obs,
      nVar: row.n_var,
      nnz: matrices[0]?.nnz ?? 0,
      valueKind: matrices[0]?.value_kind ?? 'real',
      createdAt: row.created_at,
      obsm: db.all<{ name: string; nDim: number; unit: string }>(
        'SELECT name, n_dim AS nDim, unit FROM obsm WHERE dataset_id = ? ORDER BY position',
        [row.id],
      ),
      matrices: matrices.map((matrix) => matrix.name),
      obsColumns: db.all<{ name: string; kind: Column['kind']; nCategories: number | null }>(
        "SELECT name, kind, n_categories AS nCategories FROM axis_columns WHERE dataset_id = ? AND axis = 'obs' ORDER BY position",
        [row.id],
      ),
      spatial: this.#spatial.get(row.id),
      modalities: this.#modalities.list(row.id),
      provenance: parseStored(jsonObject, row.provenance, db.path, `The provenance of dataset ${row.id}`),
    };
  }
}
