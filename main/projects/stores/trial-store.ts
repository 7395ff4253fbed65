import { z } from 'zod';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { searchValueSchema } from '../../search/search-domain.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { parseStored } from '../file/stored-json.ts';
import type { TrialInfo, TrialStore } from '../project.types.ts';

interface TrialRow {
  number: number;
  run_id: number | null;
  parameters: string;
  state: TrialInfo['state'];
  value: number | null;
  reason: string | null;
}

const parametersSchema = z.record(z.string(), searchValueSchema);

/** Trials of searches for settings. */
export class SqliteTrialStore implements TrialStore {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  list(studyId: number): TrialInfo[] {
    return this.#database
      .all<TrialRow>('SELECT * FROM trials WHERE study_id = ? ORDER BY number', [studyId])
      .map(({ number, run_id: runId, parameters, state, value, reason }) => ({
        number,
        runId,
        parameters: parseStored(
          parametersSchema,
          parameters,
          this.#database.path,
          `The settings of trial ${number} of study ${studyId}`,
        ),
        state,
        value,
        reason,
      }));
  }

  open(studyId: number, trial: Pick<TrialInfo, 'number' | 'runId' | 'parameters'>): void {
    this.#database.run('INSERT INTO trials (study_id, number, run_id, parameters, state) VALUES (?, ?, ?, ?, ?)', [
      studyId,
      trial.number,
      trial.runId,
      JSON.stringify(trial.parameters),
      'open',
    ]);
  }

  update(
    studyId: number,
    number: number,
    changes: Partial<Pick<TrialInfo, 'runId' | 'state' | 'value' | 'reason'>>,
  ): void {
    const before = this.list(studyId).find((trial) => trial.number === number);
    if (before === undefined)
      throw new LacunaError('not-found', `There is no trial ${number} in study ${studyId}.`, 'List its trials first.');
    const { runId, state, value, reason } = { ...before, ...changes };
    this.#database.run(
      'UPDATE trials SET run_id = ?, state = ?, value = ?, reason = ? WHERE study_id = ? AND number = ?',
      [runId, state, value, reason, studyId, number],
    );
  }
}
