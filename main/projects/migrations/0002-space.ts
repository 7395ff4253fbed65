import type { Migration } from './migration.ts';

/**
 * Tissue sections and studies.
 *
 * - A layout says how the positions of a dataset are to be drawn; image bytes and cell borders lie in `arrays` of their
 *   dataset (`image <name>`, `border offsets`, `border vertices`).
 * - `field` of a run says which function of position it learned; its weights lie in `arrays` (`field: <name>`).
 * - A study is a set of runs that belong together: a benchmark, a search, a report. Its spec is JSON.
 */
export const space: Migration = {
  version: 2,
  title: 'tissue sections, learned fields and studies',
  sql: `
    CREATE TABLE spatial_layouts (
      dataset_id INTEGER PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
      obsm TEXT NOT NULL,
      micrometres_per_unit REAL,
      spot_size REAL,
      spot_shape TEXT NOT NULL CHECK (spot_shape IN ('circle', 'square')),
      y_down INTEGER NOT NULL,
      has_borders INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE tissue_images (
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      media_type TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      scale REAL NOT NULL,
      PRIMARY KEY (dataset_id, name)
    ) STRICT;

    ALTER TABLE runs ADD COLUMN field TEXT;

    CREATE TABLE studies (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      title TEXT NOT NULL,
      spec TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE study_runs (
      study_id INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      PRIMARY KEY (study_id, run_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
