import type { Migration } from './migration.ts';

/**
 * The first schema.
 *
 * - Ids of things that a window may remember are AUTOINCREMENT: they are never given out twice.
 * - JSON is kept as text and parsed by zod on the way out.
 * - Every typed array lies in `arrays` (what it is) and `array_parts` (its bytes, a few MiB each, with a CRC-32), and
 *   goes with its owner by cascade. Sparse matrices have their own tables because they are read in pieces.
 * - `bytes` is the last column of its table, so that the columns before it are read without it.
 */
export const projects: Migration = {
  version: 1,
  title: 'projects, datasets, recipes, runs and what is made from them',
  sql: `
    CREATE TABLE project (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      uuid TEXT NOT NULL,
      title TEXT NOT NULL,
      created_at TEXT NOT NULL,
      app_version TEXT NOT NULL
    ) STRICT;

    CREATE TABLE pictures (
      name TEXT PRIMARY KEY,
      media_type TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;

    -- import_token is set while the dataset is being imported: such a dataset is invisible.
    CREATE TABLE datasets (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      n_obs INTEGER NOT NULL,
      n_var INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      provenance TEXT NOT NULL,
      removed_at TEXT,
      import_token TEXT,
      import_pid INTEGER,
      import_host TEXT,
      import_seen_at TEXT
    ) STRICT;

    CREATE TABLE axis_columns (
      id INTEGER PRIMARY KEY,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      axis TEXT NOT NULL CHECK (axis IN ('obs', 'var')),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('numeric', 'categorical', 'string')),
      n_categories INTEGER,
      ordered INTEGER NOT NULL,
      UNIQUE (dataset_id, axis, name)
    ) STRICT;

    CREATE TABLE obsm (
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      n_dim INTEGER NOT NULL,
      unit TEXT NOT NULL,
      PRIMARY KEY (dataset_id, name)
    ) STRICT;

    CREATE TABLE matrices (
      id INTEGER PRIMARY KEY,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      value_kind TEXT NOT NULL CHECK (value_kind IN ('counts', 'nonnegative', 'real')),
      nnz INTEGER NOT NULL,
      UNIQUE (dataset_id, name)
    ) STRICT;

    -- by = 'obs': observations [start, start + n); by = 'var': variables [start, start + n), the gene-major copy.
    CREATE TABLE matrix_chunks (
      matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
      by TEXT NOT NULL CHECK (by IN ('obs', 'var')),
      start INTEGER NOT NULL,
      n INTEGER NOT NULL,
      nnz INTEGER NOT NULL,
      crc INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (matrix_id, by, start)
    ) STRICT;

    CREATE TABLE recipes (
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      revision INTEGER NOT NULL,
      recipe TEXT NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (dataset_id, revision)
    ) STRICT;

    -- last_revision only grows: a revision that was dropped never comes back as another recipe.
    CREATE TABLE recipes_in_force (
      dataset_id INTEGER PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
      revision INTEGER NOT NULL,
      last_revision INTEGER NOT NULL,
      FOREIGN KEY (dataset_id, revision) REFERENCES recipes (dataset_id, revision) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;

    CREATE TABLE runs (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      method TEXT NOT NULL,
      preset TEXT NOT NULL,
      parameters TEXT NOT NULL,
      recipe TEXT NOT NULL,
      seed INTEGER NOT NULL,
      protocol TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
      created_at TEXT NOT NULL,
      started_at TEXT,
      finished_at TEXT,
      wall_seconds REAL NOT NULL,
      device TEXT NOT NULL,
      versions TEXT NOT NULL,
      summary TEXT NOT NULL,
      error TEXT,
      n_obs INTEGER,
      n_var INTEGER,
      denoised TEXT,
      removed_at TEXT
    ) STRICT;
    CREATE INDEX runs_of_dataset ON runs (dataset_id);

    CREATE TABLE epochs (
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      epoch INTEGER NOT NULL,
      train TEXT NOT NULL,
      held_out TEXT,
      obs_per_second REAL,
      PRIMARY KEY (run_id, epoch)
    ) STRICT, WITHOUT ROWID;

    -- A checkpoint counts only once it is complete.
    CREATE TABLE checkpoints (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      epoch INTEGER NOT NULL,
      state TEXT NOT NULL,
      complete INTEGER NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX checkpoints_of_run ON checkpoints (run_id);

    CREATE TABLE embeddings (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      run_id INTEGER REFERENCES runs (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      space TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('pca', 'umap', 'tsne')),
      n_dim INTEGER NOT NULL,
      parameters TEXT NOT NULL,
      created_at TEXT NOT NULL,
      wall_seconds REAL NOT NULL,
      UNIQUE (dataset_id, key)
    ) STRICT;
    CREATE INDEX embeddings_of_run ON embeddings (run_id);
    CREATE INDEX embeddings_by_key ON embeddings (key);

    CREATE TABLE clusterings (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      space TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('kmeans', 'leiden')),
      parameters TEXT NOT NULL,
      n_clusters INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      UNIQUE (run_id, key)
    ) STRICT;

    -- value is null for NaN, which SQLite cannot keep.
    CREATE TABLE scores (
      run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      space TEXT NOT NULL,
      clustering TEXT NOT NULL,
      metric TEXT NOT NULL,
      labels TEXT NOT NULL,
      value REAL,
      seed INTEGER NOT NULL,
      protocol TEXT NOT NULL,
      wall_seconds REAL NOT NULL,
      PRIMARY KEY (run_id, space, clustering, metric, labels)
    ) STRICT;

    CREATE TABLE arrays (
      id INTEGER PRIMARY KEY,
      dataset_id INTEGER REFERENCES datasets (id) ON DELETE CASCADE,
      run_id INTEGER REFERENCES runs (id) ON DELETE CASCADE,
      checkpoint_id INTEGER REFERENCES checkpoints (id) ON DELETE CASCADE,
      embedding_id INTEGER REFERENCES embeddings (id) ON DELETE CASCADE,
      clustering_id INTEGER REFERENCES clusterings (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      dtype TEXT NOT NULL CHECK (dtype IN ('u8', 'i32', 'u32', 'f32', 'f64')),
      length INTEGER NOT NULL,
      n_dim INTEGER NOT NULL,
      CHECK ((dataset_id IS NOT NULL) + (run_id IS NOT NULL) + (checkpoint_id IS NOT NULL) + (embedding_id IS NOT NULL) + (clustering_id IS NOT NULL) = 1)
    ) STRICT;
    CREATE UNIQUE INDEX arrays_of_dataset ON arrays (dataset_id, name) WHERE dataset_id IS NOT NULL;
    CREATE UNIQUE INDEX arrays_of_run ON arrays (run_id, name) WHERE run_id IS NOT NULL;
    CREATE UNIQUE INDEX arrays_of_checkpoint ON arrays (checkpoint_id, name) WHERE checkpoint_id IS NOT NULL;
    CREATE UNIQUE INDEX arrays_of_embedding ON arrays (embedding_id, name) WHERE embedding_id IS NOT NULL;
    CREATE UNIQUE INDEX arrays_of_clustering ON arrays (clustering_id, name) WHERE clustering_id IS NOT NULL;

    -- packing: 'raw', or 'planes' (byte planes, then zstd).
    CREATE TABLE array_parts (
      array_id INTEGER NOT NULL REFERENCES arrays (id) ON DELETE CASCADE,
      part INTEGER NOT NULL,
      length INTEGER NOT NULL,
      packing TEXT NOT NULL CHECK (packing IN ('raw', 'planes')),
      crc INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (array_id, part)
    ) STRICT;
  `,
};
