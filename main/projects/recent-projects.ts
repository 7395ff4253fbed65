import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { LacunaError } from '../errors/lacuna-error.ts';
import { configFolder } from './recent/config-folder.ts';

/** A project that was opened on this computer. */
export interface RecentProject {
  path: string;
  title: string;
  openedAt: string;
  /** False when the file was moved or deleted since, or its drive is not connected. */
  exists: boolean;
}

const fileSchema = z.object({
  version: z.literal(1),
  projects: z.array(z.object({ path: z.string(), title: z.string(), openedAt: z.string() })),
});
type Entry = z.infer<typeof fileSchema>['projects'][number];

/** More than anybody scrolls through. */
const longest = 50;

/**
 * The recent list: `recent-projects.json` in the person's folder. It is a convenience, so a file that cannot be read
 * counts as empty; it is read anew each time, because the window and the terminal may both write it.
 */
export class RecentProjects {
  readonly #folder: string;
  readonly #file: string;

  /** @param folder made when the first project is added */
  constructor(folder: string = configFolder()) {
    this.#folder = folder;
    this.#file = join(folder, 'recent-projects.json');
  }

  /** Newest first. */
  list(): RecentProject[] {
    return this.#read().map((entry) => ({ ...entry, exists: existsSync(entry.path) }));
  }

  /** Puts a project at the top. */
  add(path: string, title: string): void {
    const absolute = resolve(path);
    const others = this.#read().filter((entry) => entry.path !== absolute);
    this.#write([{ path: absolute, title, openedAt: new Date().toISOString() }, ...others]);
  }

  /** Changes the title that the list shows; the project keeps its own. Nothing happens when it is not listed. */
  rename(path: string, title: string): void {
    this.#write(this.#read().map((entry) => (entry.path === resolve(path) ? { ...entry, title } : entry)));
  }

  /** Takes a project off the list; its file stays. */
  remove(path: string): void {
    this.#write(this.#read().filter((entry) => entry.path !== resolve(path)));
  }

  #read(): Entry[] {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).projects;
    } catch {
      return [];
    }
  }

  /** Whole or not at all: under another name first. @throws LacunaError `no-access`, `disk-full` */
  #write(projects: Entry[]): void {
    const draft = `${this.#file}.${randomUUID()}`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      const content: z.infer<typeof fileSchema> = { version: 1, projects: projects.slice(0, longest) };
      writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`);
      renameSync(draft, this.#file);
    } catch (thrown) {
      rmSync(draft, { force: true });
      throw LacunaError.from(thrown);
    }
  }
}
