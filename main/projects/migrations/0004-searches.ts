import type { Migration } from './migration.ts';

/**
 * Searches for settings, and presets that a project has of its own.
 *
 * - A search is a study of kind `search`; its trials are rows here, so that it can go on after a crash. A trial is open
 *   until its run was judged; `value` is what it was judged by. A trial outlives its run.
 * - A preset belongs to a method; `id` is what `--preset` takes.
 */
export const searches: Migration = {
  version: 4,
  title: 'trials of searches, presets of the project',
  sql: `
    CREATE TABLE trials (
      study_id INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
      parameters TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'done', 'pruned', 'failed')),
      value REAL,
      reason TEXT,
      PRIMARY KEY (study_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE presets (
      method TEXT NOT NULL,
      id TEXT NOT NULL,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      normalisation TEXT NOT NULL,
      parameters TEXT NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (method, id)
    ) STRICT, WITHOUT ROWID;
  `,
};
