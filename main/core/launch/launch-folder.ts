import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';

/**
 * A folder that lives as long as this launch: files that were dropped into the window, and exports on their way to the
 * browser. Only this person may look into it. It is made when it is first needed, and removed by `remove`, at the latest
 * when the process ends.
 */
export class LaunchFolder {
  readonly #parent: string;
  #path: string | null = null;
  readonly #atExit = () => this.remove();

  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
  }

  /** A folder within it, made where it is missing. @throws LacunaError `no-access`, `disk-full` */
  folder(...names: string[]): string {
    try {
      if (this.#path === null) {
        // mkdtemp gives the rights 0700 on every POSIX system.
        this.#path = mkdtempSync(join(this.#parent, 'lacuna-'));
        process.once('exit', this.#atExit);
      }
      const path = join(this.#path, ...names);
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return path;
    } catch (thrown) {
      throw LacunaError.from(thrown);
    }
  }

  /** Safe to call twice. */
  remove(): void {
    process.removeListener('exit', this.#atExit);
    if (this.#path !== null) rmSync(this.#path, { recursive: true, force: true });
    this.#path = null;
  }
}
