import type { Migration } from './migration.ts';

/**
 * Modalities: other measurements of the observations of a dataset, such as their surface proteins.
 *
 * There are hundreds of proteins where there are thousands of genes, and few zeros among them; they are looked at one
 * by one. So each feature lies dense in `arrays` of its dataset (`modality <id> feature <i>`, NaN where an observation
 * was not measured), with the names, the identifiers, and what normalising one feature needs to know of the others
 * (`modality <id> log mean`).
 */
export const modalities: Migration = {
  version: 3,
  title: 'modalities: surface proteins beside the genes',
  sql: `
    CREATE TABLE modalities (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      value_kind TEXT NOT NULL CHECK (value_kind IN ('counts', 'nonnegative', 'real')),
      n_var INTEGER NOT NULL,
      n_measured INTEGER NOT NULL,
      provenance TEXT NOT NULL,
      UNIQUE (dataset_id, name)
    ) STRICT;
  `,
};
