import type { AxisTable, ValueKind } from '../../dataset/dataset-source.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { jsonObject, parseStored } from '../file/stored-json.ts';
import type { ModalityInfo } from '../project.types.ts';
import { ArrayStore } from '../stores/array-store.ts';

interface ModalityRow {
  id: number;
  name: string;
  value_kind: ValueKind;
  n_var: number;
  n_measured: number;
  provenance: string;
}

/** A modality that was read completely. */
export interface ReadModality {
  name: string;
  valueKind: ValueKind;
  var: AxisTable;
  /** [nVar][nObs of the dataset], NaN where an observation was not measured */
  features: Float32Array[];
  /** [nObs], mean of ln(1 + x) over the features; NaN where it was not measured or has no logarithm */
  meanLog: Float64Array;
  nMeasured: number;
  provenance: Record<string, unknown>;
}

/** Modalities of datasets: dense by feature, because they are looked at one feature at a time. */
export class ModalityStore {
  readonly #database: ProjectDatabase;
  readonly #arrays: ArrayStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#arrays = new ArrayStore(database);
  }

  put(datasetId: number, position: number, modality: ReadModality): void {
    const db = this.#database;
    const owner = { kind: 'dataset', id: datasetId } as const;
    const { names, columns } = modality.var;
    const ids = columns.find(({ name }) => name === 'gene_id');
    db.transaction(() => {
      const { id } = db.run(
        'INSERT INTO modalities (dataset_id, position, name, value_kind, n_var, n_measured, provenance) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [
          datasetId,
          position,
          modality.name,
          modality.valueKind,
          names.length,
          modality.nMeasured,
          JSON.stringify(modality.provenance),
        ],
      );
      this.#arrays.putStrings(owner, namesOf(id), names);
      this.#arrays.putStrings(owner, idsOf(id), ids?.kind === 'string' ? ids.values : names);
      this.#arrays.put(owner, logMeanOf(id), modality.meanLog);
      for (const [at, values] of modality.features.entries()) this.#arrays.put(owner, featureOf(id, at), values);
    });
  }

  list(datasetId: number): ModalityInfo[] {
    return this.#rows(datasetId).map((row) => ({
      name: row.name,
      nVar: row.n_var,
      valueKind: row.value_kind,
      nMeasured: row.n_measured,
      provenance: parseStored(jsonObject, row.provenance, this.#database.path, `The provenance of ${row.name}`),
    }));
  }

  /** Names, and identifiers as the column `gene_id`. @throws LacunaError `not-found` */
  variables(datasetId: number, name: string): AxisTable {
    const { id } = this.#require(datasetId, name);
    const owner = { kind: 'dataset', id: datasetId } as const;
    return {
      names: this.#arrays.requireStrings(owner, namesOf(id)),
      columns: [{ kind: 'string', name: 'gene_id', values: this.#arrays.requireStrings(owner, idsOf(id)) }],
    };
  }

  /** One feature over all observations: [nObs]. @throws LacunaError `not-found` */
  feature(datasetId: number, name: string, variable: number): Float32Array {
    const { id, n_var: nVar } = this.#require(datasetId, name);
    if (!Number.isInteger(variable) || variable < 0 || variable >= nVar)
      throw new LacunaError(
        'not-found',
        `Feature ${variable} of ${name} of dataset ${datasetId} was asked for; it has ${nVar}.`,
        'Features count from 0.',
      );
    return this.#arrays.require({ kind: 'dataset', id: datasetId }, featureOf(id, variable)).array as Float32Array;
  }

  /** [nObs], mean of ln(1 + x) over the features. @throws LacunaError `not-found` */
  meanLog(datasetId: number, name: string): Float64Array {
    const { id } = this.#require(datasetId, name);
    return this.#arrays.require({ kind: 'dataset', id: datasetId }, logMeanOf(id)).array as Float64Array;
  }

  #rows(datasetId: number): ModalityRow[] {
    return this.#database.all<ModalityRow>(
      'SELECT id, name, value_kind, n_var, n_measured, provenance FROM modalities WHERE dataset_id = ? ORDER BY position',
      [datasetId],
    );
  }

  #require(datasetId: number, name: string): ModalityRow {
    const found = this.#rows(datasetId).find((row) => row.name === name);
    if (found !== undefined) return found;
    throw new LacunaError(
      'not-found',
      `Dataset ${datasetId} has no modality "${name}".`,
      'Import it again with the file that holds it.',
    );
  }
}

const namesOf = (id: number): string => `modality ${id} names`;
const idsOf = (id: number): string => `modality ${id} ids`;
const logMeanOf = (id: number): string => `modality ${id} log mean`;
const featureOf = (id: number, at: number): string => `modality ${id} feature ${at}`;
