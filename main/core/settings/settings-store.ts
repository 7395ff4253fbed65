import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { configFolder } from '../../projects/recent/config-folder.ts';
import { settingsSchema, type Settings } from './settings.ts';

/**
 * The settings: `settings.json` in the person's folder. Read anew each time, because the window and the terminal may
 * both change it. A field that cannot be understood counts as not set; the others keep their meaning.
 */
export class SettingsStore {
  /** The folder for what belongs to a person and not to a project. */
  readonly configFolder: string;
  readonly #file: string;

  /** @param folder made when the first setting is stored */
  constructor(folder: string = configFolder()) {
    this.configFolder = folder;
    this.#file = join(folder, 'settings.json');
  }

  get(): Settings {
    const stored = this.#read();
    const settings = settingsSchema.parse({});
    for (const [key, schema] of Object.entries(settingsSchema.shape)) {
      const parsed = schema.safeParse(stored[key]);
      if (parsed.success) Object.assign(settings, { [key]: parsed.data });
    }
    return settings;
  }

  /** Fields left out stay as they are. @throws LacunaError `no-access`, `disk-full` */
  put(changes: Partial<Settings>): Settings {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const settings = settingsSchema.parse({ ...this.get(), ...Object.fromEntries(given) });
    const draft = `${this.#file}.${randomUUID()}`;
    try {
      mkdirSync(this.configFolder, { recursive: true });
      // Fields of a newer Lacuna stay. Whole or not at all: under another name first.
      writeFileSync(draft, `${JSON.stringify({ ...this.#read(), ...settings }, null, 2)}\n`);
      renameSync(draft, this.#file);
    } catch (thrown) {
      rmSync(draft, { force: true });
      throw LacunaError.from(thrown);
    }
    return settings;
  }

  #read(): Record<string, unknown> {
    try {
      const stored: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
      return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }
}
