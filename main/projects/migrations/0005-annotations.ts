import type { Migration } from './migration.ts';

/**
 * Annotations made in the window, and markers.
 *
 * - `colours` of a column: a JSON list with the colour of each category; null where nobody chose any.
 * - Every change of an annotation leaves a revision, so that it can be taken back; its codes lie in `arrays` of the
 *   dataset (`annotation <id>`). The column in `axis_columns` has the values in force and says which revision that is
 *   (`revision`; null for columns that nobody annotates in the window).
 * - A table of markers of one group: genes and figures lie in `arrays` of the dataset (`markers <id> genes`,
 *   `markers <id> values`). `key` names what it was made from.
 */
export const annotations: Migration = {
  version: 5,
  title: 'annotations with colours and revisions, tables of markers',
  sql: `
    ALTER TABLE axis_columns ADD COLUMN colours TEXT;
    ALTER TABLE axis_columns ADD COLUMN revision INTEGER;

    CREATE TABLE annotation_revisions (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      origin TEXT NOT NULL,
      change TEXT NOT NULL,
      categories TEXT NOT NULL,
      colours TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX annotation_revisions_of_column ON annotation_revisions (dataset_id, name);

    CREATE TABLE marker_tables (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      facts TEXT NOT NULL,
      created_at TEXT NOT NULL,
      UNIQUE (dataset_id, key)
    ) STRICT;
  `,
};
