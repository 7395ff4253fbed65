import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Preset } from '../../methods/method.ts';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { jsonObject, parseStored } from '../file/stored-json.ts';
import type { PresetStore } from '../project.types.ts';

interface PresetRow {
  id: string;
  title: string;
  description: string;
  normalisation: string;
  parameters: string;
}

/** Presets that a project has of its own, beside those of the methods. */
export class SqlitePresetStore implements PresetStore {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  list(method: string): Preset[] {
    return this.#database
      .all<PresetRow>('SELECT * FROM presets WHERE method = ? ORDER BY created_at, id', [method])
      .map(({ id, title, description, normalisation, parameters }) => ({
        id,
        title,
        description,
        normalisation: parseStored(normalisationSchema, normalisation, this.#database.path, `The preset ${id}`),
        parameters: parseStored(jsonObject, parameters, this.#database.path, `The preset ${id}`),
        saved: true,
      }));
  }

  put(method: string, { id, title, description, normalisation, parameters }: Preset): void {
    this.#database.run('INSERT OR REPLACE INTO presets VALUES (?, ?, ?, ?, ?, ?, ?)', [
      method,
      id,
      title,
      description,
      JSON.stringify(normalisation),
      JSON.stringify(parameters),
      new Date().toISOString(),
    ]);
  }

  remove(method: string, id: string): void {
    if (this.#database.run('DELETE FROM presets WHERE method = ? AND id = ?', [method, id]).changes === 0)
      throw new LacunaError('not-found', `This project has no preset '${id}' of the method '${method}'.`, '');
  }
}
