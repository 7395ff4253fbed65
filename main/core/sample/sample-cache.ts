import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../projects/open-project.ts';
import type { Project } from '../../projects/project.types.ts';

/** Raised whenever what the sample holds changes, so that nobody is shown an old one. */
const edition = 1;

/** The finished sample project, kept in the person's folder so that the next one is a copy. */
export class SampleCache {
  readonly #folder: string;
  readonly #file: string;

  /** @param configFolder the folder for what belongs to a person */
  constructor(configFolder: string) {
    this.#folder = join(configFolder, 'sample');
    this.#file = join(this.#folder, `simulated-tissue-${edition}.lacuna`);
  }

  /**
   * Copies the pattern to `path`, as a project of its own. False where there is none, or where it cannot be read.
   *
   * @throws LacunaError `disk-full`, `no-access`
   */
  async copyTo(path: string): Promise<boolean> {
    const pattern = this.#open();
    if (pattern === null) return false;
    try {
      await pattern.copyTo(path);
      return true;
    } finally {
      pattern.close();
    }
  }

  /** Keeps a copy of a finished project. @throws LacunaError `disk-full`, `no-access` */
  async keep(project: Project): Promise<void> {
    if (existsSync(this.#file)) return;
    mkdirSync(this.#folder, { recursive: true });
    await project.copyTo(this.#file);
  }

  #open(): Project | null {
    if (!existsSync(this.#file)) return null;
    try {
      return openProject(this.#file);
    } catch {
      // Damaged, or from a newer Lacuna: made anew.
      rmSync(this.#file, { force: true });
      return null;
    }
  }
}
