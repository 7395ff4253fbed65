import { statSync } from 'node:fs';
import { LacunaError } from '../errors/lacuna-error.ts';
import { copyProject } from './file/copy-project.ts';
import { damaged } from './file/sqlite-error.ts';
import type { ProjectDatabase } from './file/project-database.ts';
import { purge } from './file/purge.ts';
import { SqliteDatasetStore } from './datasets/dataset-store.ts';
import type { Picture, Project, ProjectInfo } from './project.types.ts';
import { SqliteAnnotationStore } from './stores/annotation-store.ts';
import { SqliteClusteringStore } from './stores/clustering-store.ts';
import { SqliteEmbeddingStore } from './stores/embedding-store.ts';
import { SqliteMarkerStore } from './stores/marker-store.ts';
import { SqliteRecipeStore } from './stores/recipe-store.ts';
import { SqliteRunStore } from './stores/run-store.ts';
import { SqliteScoreStore } from './stores/score-store.ts';
import { SqlitePresetStore } from './stores/preset-store.ts';
import { SqliteStudyStore } from './stores/study-store.ts';
import { SqliteTrialStore } from './stores/trial-store.ts';

/** Pictures are for lists: a few hundred pixels. */
const largestPicture = 1024 * 1024;

export class SqliteProject implements Project {
  readonly path: string;
  readonly datasets: SqliteDatasetStore;
  readonly recipes: SqliteRecipeStore;
  readonly runs: SqliteRunStore;
  readonly embeddings: SqliteEmbeddingStore;
  readonly clusterings: SqliteClusteringStore;
  readonly scores: SqliteScoreStore;
  readonly annotations: SqliteAnnotationStore;
  readonly markers: SqliteMarkerStore;
  readonly studies: SqliteStudyStore;
  readonly trials: SqliteTrialStore;
  readonly presets: SqlitePresetStore;
  readonly #database: ProjectDatabase;

  /** @param database open and migrated; owned by the project from now on */
  constructor(database: ProjectDatabase) {
    this.path = database.path;
    this.#database = database;
    this.datasets = new SqliteDatasetStore(database);
    this.recipes = new SqliteRecipeStore(database);
    this.runs = new SqliteRunStore(database);
    this.embeddings = new SqliteEmbeddingStore(database);
    this.clusterings = new SqliteClusteringStore(database);
    this.scores = new SqliteScoreStore(database);
    this.annotations = new SqliteAnnotationStore(database);
    this.markers = new SqliteMarkerStore(database);
    this.studies = new SqliteStudyStore(database);
    this.trials = new SqliteTrialStore(database);
    this.presets = new SqlitePresetStore(database);
  }

  info(): ProjectInfo {
    const row = this.#database.get<{ uuid: string; title: string; createdAt: string; appVersion: string }>(
      'SELECT uuid, title, created_at AS createdAt, app_version AS appVersion FROM project',
    );
    if (row === undefined) throw damaged(this.path, 'Its title page is missing.');
    const bytes = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return {
      path: this.path,
      ...row,
      version: this.#database.pragma('user_version') as number,
      fileBytes: bytes(this.path) + bytes(`${this.path}-wal`),
    };
  }

  rename(title: string): void {
    if (title.trim() === '')
      throw new LacunaError('bad-option', 'A project needs a title.', 'Type at least one letter.');
    this.#database.run('UPDATE project SET title = ?', [title.trim()]);
  }

  thumbnail(): Picture | null {
    return (
      this.#database.get<Picture>("SELECT media_type AS mediaType, bytes FROM pictures WHERE name = 'thumbnail'") ??
      null
    );
  }

  putThumbnail(picture: Picture): void {
    if (picture.bytes.length > largestPicture)
      throw new LacunaError(
        'bad-request',
        `The thumbnail has ${picture.bytes.length} bytes; at most ${largestPicture} are kept.`,
        'Make it smaller.',
      );
    this.#database.run("INSERT OR REPLACE INTO pictures (name, media_type, bytes) VALUES ('thumbnail', ?, ?)", [
      picture.mediaType,
      picture.bytes,
    ]);
  }

  async copyTo(path: string): Promise<void> {
    await copyProject(this.#database, path);
  }

  close(): void {
    const db = this.#database;
    if (!db.isOpen) return;
    try {
      if (this.#mergeLog()) this.#purge();
    } finally {
      db.close();
    }
  }

  /**
   * Leaving the write-ahead log merges it into the file. SQLite refuses while another process has the project open; the
   * last one to close does it. Waiting would only freeze the window.
   */
  #mergeLog(): boolean {
    try {
      this.#database.pragma('busy_timeout = 0');
      return this.#database.pragma('journal_mode = DELETE') === 'delete';
    } catch (thrown) {
      if (thrown instanceof LacunaError && thrown.code === 'project-busy') return false;
      throw thrown;
    }
  }

  /** What was removed stays invisible and costs space until the next closing: no reason to fail. */
  #purge(): void {
    try {
      purge(this.#database);
    } catch (thrown) {
      if (!(thrown instanceof LacunaError)) throw thrown;
    }
  }
}
