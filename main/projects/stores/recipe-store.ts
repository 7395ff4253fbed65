import { LacunaError } from '../../errors/lacuna-error.ts';
import { recipeSchema } from '../../preprocess/recipe.ts';
import type { Recipe } from '../../preprocess/recipe.ts';
import { canonicalJson } from '../../json/canonical-json.ts';
import { parseStored } from '../file/stored-json.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import type { RecipeStore } from '../project.types.ts';

/** Recipes of a dataset as a line of revisions; a pointer says which is in force. Revision 0 is the default recipe. */
export class SqliteRecipeStore implements RecipeStore {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  current(datasetId: number): { recipe: Recipe; revision: number; canUndo: boolean; canRedo: boolean } {
    return this.#database.snapshot(() => {
      const { revision } = this.#pointer(datasetId);
      const row = this.#database.get<{ recipe: string }>(
        'SELECT recipe FROM recipes WHERE dataset_id = ? AND revision = ?',
        [datasetId, revision],
      );
      return {
        recipe: this.#parse(datasetId, revision, row?.recipe ?? ''),
        revision,
        canUndo: this.#neighbour(datasetId, revision, 'undo') !== null,
        canRedo: this.#neighbour(datasetId, revision, 'redo') !== null,
      };
    });
  }

  /**
   * Puts a recipe in force. Revisions that were undone are dropped; a recipe equal to the one in force changes nothing.
   * @throws LacunaError `not-found`, `bad-option`
   */
  put(datasetId: number, recipe: Recipe): void {
    const checked = recipeSchema.safeParse(recipe);
    if (!checked.success)
      throw new LacunaError(
        'bad-option',
        `The recipe is not complete or out of range: ${checked.error.issues[0].path.join('.')}: ${checked.error.issues[0].message}`,
        'Choose a value within the range.',
      );
    this.#database.transaction(() => {
      const current = this.current(datasetId);
      const pointer = this.#pointer(datasetId);
      if (canonicalJson(current.recipe) === canonicalJson(checked.data)) return;
      const revision = pointer.lastRevision + 1;
      this.#database.run('DELETE FROM recipes WHERE dataset_id = ? AND revision > ?', [datasetId, pointer.revision]);
      this.#database.run('INSERT INTO recipes (dataset_id, revision, recipe, created_at) VALUES (?, ?, ?, ?)', [
        datasetId,
        revision,
        JSON.stringify(checked.data),
        new Date().toISOString(),
      ]);
      this.#database.run('UPDATE recipes_in_force SET revision = ?, last_revision = ? WHERE dataset_id = ?', [
        revision,
        revision,
        datasetId,
      ]);
    });
  }

  /** One step back; nothing happens at the first revision. */
  undo(datasetId: number): void {
    this.#step(datasetId, 'undo');
  }

  /** One step forward again; nothing happens at the newest revision. */
  redo(datasetId: number): void {
    this.#step(datasetId, 'redo');
  }

  history(datasetId: number): { revision: number; recipe: Recipe; createdAt: string; inForce: boolean }[] {
    return this.#database.snapshot(() => {
      const inForce = this.#pointer(datasetId).revision;
      return this.#database
        .all<{ revision: number; recipe: string; created_at: string }>(
          'SELECT revision, recipe, created_at FROM recipes WHERE dataset_id = ? ORDER BY revision',
          [datasetId],
        )
        .map((row) => ({
          revision: row.revision,
          recipe: this.#parse(datasetId, row.revision, row.recipe),
          createdAt: row.created_at,
          inForce: row.revision === inForce,
        }));
    });
  }

  #step(datasetId: number, direction: 'undo' | 'redo'): void {
    this.#database.transaction(() => {
      const to = this.#neighbour(datasetId, this.#pointer(datasetId).revision, direction);
      if (to !== null)
        this.#database.run('UPDATE recipes_in_force SET revision = ? WHERE dataset_id = ?', [to, datasetId]);
    });
  }

  #neighbour(datasetId: number, revision: number, direction: 'undo' | 'redo'): number | null {
    const sql =
      direction === 'undo'
        ? 'SELECT max(revision) AS revision FROM recipes WHERE dataset_id = ? AND revision < ?'
        : 'SELECT min(revision) AS revision FROM recipes WHERE dataset_id = ? AND revision > ?';
    return this.#database.get<{ revision: number | null }>(sql, [datasetId, revision])?.revision ?? null;
  }

  #pointer(datasetId: number): { revision: number; lastRevision: number } {
    const row = this.#database.get<{ revision: number; lastRevision: number }>(
      `SELECT f.revision, f.last_revision AS lastRevision FROM recipes_in_force f JOIN datasets d ON d.id = f.dataset_id
       WHERE d.id = ? AND d.removed_at IS NULL AND d.import_token IS NULL`,
      [datasetId],
    );
    if (row === undefined)
      throw new LacunaError(
        'not-found',
        `There is no dataset ${datasetId} in the project ${this.#database.path}.`,
        'List the datasets of the project to see their numbers.',
      );
    return row;
  }

  #parse(datasetId: number, revision: number, text: string): Recipe {
    return parseStored(
      recipeSchema,
      text,
      this.#database.path,
      `Revision ${revision} of the recipe of dataset ${datasetId}`,
    );
  }
}

/** Revision 0 of a new dataset: the default recipe. Called once, inside the transaction that makes it visible. */
export function putFirstRecipe(database: ProjectDatabase, datasetId: number): void {
  database.run('INSERT INTO recipes (dataset_id, revision, recipe, created_at) VALUES (?, 0, ?, ?)', [
    datasetId,
    JSON.stringify(recipeSchema.parse({})),
    new Date().toISOString(),
  ]);
  database.run('INSERT INTO recipes_in_force (dataset_id, revision, last_revision) VALUES (?, 0, 0)', [datasetId]);
}
