import { LacunaError } from '../../errors/lacuna-error.ts';
import type { CheckpointState, DenoisedModel, DenseOutput, EpochRecord, LearnedField } from '../../methods/method.ts';
import { recipeSchema } from '../../preprocess/recipe.ts';
import { numbersToJson } from '../file/stored-json.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import type { HeldOut, RunInfo, RunOutcome, RunSpec, RunStore } from '../project.types.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { OutcomeStore } from './outcome-store.ts';
import { epochRecord, runInfo } from './run-rows.ts';
import type { EpochRow, RunRow } from './run-rows.ts';

const select = `SELECT r.*, EXISTS (SELECT 1 FROM arrays a WHERE a.run_id = r.id AND a.name = 'latent') AS has_latent
  FROM runs r JOIN datasets d ON d.id = r.dataset_id
  WHERE r.removed_at IS NULL AND d.removed_at IS NULL AND d.import_token IS NULL`;

type Changes = Parameters<RunStore['update']>[1];

/** How the fields that may change are written. */
const columns: {
  [Field in keyof Required<Changes>]: [column: string, write: (value: NonNullable<Changes[Field]>) => string | number];
} = {
  name: ['name', String],
  state: ['state', String],
  startedAt: ['started_at', String],
  finishedAt: ['finished_at', String],
  wallSeconds: ['wall_seconds', Number],
  device: ['device', String],
  versions: ['versions', JSON.stringify],
  summary: ['summary', numbersToJson],
  error: ['error', JSON.stringify],
};

export class SqliteRunStore implements RunStore {
  readonly #database: ProjectDatabase;
  readonly #checkpoints: CheckpointStore;
  readonly #outcomes: OutcomeStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#checkpoints = new CheckpointStore(database);
    this.#outcomes = new OutcomeStore(database);
  }

  create(spec: RunSpec, name?: string): RunInfo {
    const db = this.#database;
    const recipe = recipeSchema.parse(spec.recipe);
    return db.transaction(() => {
      const dataset = db.get('SELECT 1 FROM datasets WHERE id = ? AND removed_at IS NULL AND import_token IS NULL', [
        spec.datasetId,
      ]);
      if (dataset === undefined)
        throw new LacunaError(
          'not-found',
          `There is no dataset ${spec.datasetId} in the project ${db.path}.`,
          'List the datasets of the project to see their numbers.',
        );
      const { id } = db.run(
        `INSERT INTO runs (dataset_id, name, method, preset, parameters, recipe, seed, protocol, state, created_at, wall_seconds, device, versions, summary)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, 0, '', '{}', '{}')`,
        [
          spec.datasetId,
          name ?? `${spec.method} ${spec.preset}, seed ${spec.seed}`,
          spec.method,
          spec.preset,
          JSON.stringify(spec.parameters),
          JSON.stringify(recipe),
          spec.seed,
          JSON.stringify(spec.protocol),
          new Date().toISOString(),
        ],
      );
      return this.get(id);
    });
  }

  list(datasetId?: number): RunInfo[] {
    const db = this.#database;
    const rows =
      datasetId === undefined
        ? db.all<RunRow>(`${select} ORDER BY r.id`)
        : db.all<RunRow>(`${select} AND r.dataset_id = ? ORDER BY r.id`, [datasetId]);
    return rows.map((row) => runInfo(row, db.path));
  }

  get(id: number): RunInfo {
    const row = this.#database.get<RunRow>(`${select} AND r.id = ?`, [id]);
    if (row === undefined) throw this.#notFound(id);
    return runInfo(row, this.#database.path);
  }

  /** Also serves a run that was removed but may come back: its process goes on until it hears of it. */
  update(id: number, changes: Changes): void {
    const sets: string[] = [];
    const values: (string | number | null)[] = [];
    for (const [field, [column, write]] of Object.entries(columns) as [
      keyof Changes,
      [string, (value: unknown) => string | number],
    ][]) {
      const value = changes[field];
      if (value === undefined) continue;
      sets.push(`${column} = ?`);
      values.push(value === null ? null : write(value));
    }
    const sql = sets.length === 0 ? 'SELECT 1' : `UPDATE runs SET ${sets.join(', ')} WHERE id = ?`;
    if (sets.length > 0 && this.#database.run(sql, [...values, id]).changes === 0) throw this.#notFound(id);
  }

  remove(id: number): void {
    const { changes } = this.#database.run('UPDATE runs SET removed_at = ? WHERE id = ? AND removed_at IS NULL', [
      new Date().toISOString(),
      id,
    ]);
    if (changes === 0) throw this.#notFound(id);
  }

  restore(id: number): void {
    if (this.#database.run('UPDATE runs SET removed_at = NULL WHERE id = ?', [id]).changes === 0)
      throw this.#notFound(id);
  }

  markInterrupted(isAlive: (runId: number) => boolean): number[] {
    const db = this.#database;
    return db.transaction(() => {
      const dead = db
        .all<{ id: number }>(
          `SELECT r.id FROM runs r JOIN datasets d ON d.id = r.dataset_id
           WHERE r.state = 'running' AND r.removed_at IS NULL AND d.removed_at IS NULL ORDER BY r.id`,
        )
        .map((row) => row.id)
        .filter((id) => !isAlive(id));
      for (const id of dead) {
        db.run("UPDATE runs SET state = 'interrupted' WHERE id = ?", [id]);
        this.#checkpoints.dropIncomplete(id);
      }
      return dead;
    });
  }

  record(id: number, epoch: EpochRecord): void {
    this.#requireAny(id);
    this.#database.run(
      'INSERT OR REPLACE INTO epochs (run_id, epoch, train, held_out, obs_per_second) VALUES (?, ?, ?, ?, ?)',
      [
        id,
        epoch.epoch,
        numbersToJson(epoch.train),
        epoch.heldOut === null ? null : numbersToJson(epoch.heldOut),
        epoch.obsPerSecond,
      ],
    );
  }

  history(id: number): EpochRecord[] {
    this.#requireAny(id);
    return this.#database
      .all<EpochRow>('SELECT epoch, train, held_out, obs_per_second FROM epochs WHERE run_id = ? ORDER BY epoch', [id])
      .map((row) => epochRecord(row, id, this.#database.path));
  }

  saveCheckpoint(id: number, checkpoint: CheckpointState): void {
    this.#requireAny(id);
    this.#checkpoints.save(id, checkpoint);
  }

  loadCheckpoint(id: number): CheckpointState | null {
    this.#requireAny(id);
    return this.#checkpoints.load(id);
  }

  finish(id: number, outcome: RunOutcome): void {
    const db = this.#database;
    this.#requireAny(id);
    db.transaction(() => {
      this.#outcomes.put(id, outcome);
      this.#checkpoints.drop(id);
      db.run(
        "UPDATE runs SET state = 'done', error = NULL, summary = ?, n_obs = ?, n_var = ?, finished_at = ? WHERE id = ?",
        [
          numbersToJson(outcome.summary),
          outcome.obsIndex.length,
          outcome.varIndex.length,
          new Date().toISOString(),
          id,
        ],
      );
    });
  }

  latent(id: number): DenseOutput | null {
    this.#requireAny(id);
    return this.#outcomes.latent(id);
  }

  denoised(id: number): DenoisedModel {
    this.#requireAny(id);
    return this.#outcomes.denoised(id);
  }

  field(id: number): LearnedField | null {
    this.#requireAny(id);
    return this.#outcomes.field(id);
  }

  finer(id: number, gene: number, factor: number): DenseOutput | null {
    this.#requireAny(id);
    return this.#outcomes.finer(id, gene, factor);
  }

  putFiner(id: number, gene: number, factor: number, places: DenseOutput): void {
    this.#requireAny(id);
    this.#outcomes.putFiner(id, gene, factor, places);
  }

  heldOut(id: number): HeldOut | null {
    this.#requireAny(id);
    return this.#outcomes.heldOut(id);
  }

  extras(id: number): Record<string, DenseOutput> {
    this.#requireAny(id);
    return this.#outcomes.extras(id);
  }

  extraNames(id: number): string[] {
    return this.#outcomes.extraNames(id);
  }

  axes(id: number): { obsIndex: Uint32Array; varIndex: Uint32Array } {
    this.#requireAny(id);
    return this.#outcomes.axes(id);
  }

  #requireAny(id: number): void {
    if (this.#database.get('SELECT 1 FROM runs WHERE id = ?', [id]) === undefined) throw this.#notFound(id);
  }

  #notFound(id: number): LacunaError {
    return new LacunaError(
      'not-found',
      `There is no run ${id} in the project ${this.#database.path}.`,
      'List the runs of the project to see their numbers.',
      { runId: id },
    );
  }
}
