import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';

/**
 * A folder that lives as long as this launch: files that were dropped into the window, and exports on their way to the
 * browser. Only this person may look into it. It is made when it is first needed, and removed by `remove`, at the latest
 * when the process ends; what a crashed launch left is removed by the next one.
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
        sweep(this.#parent);
        // mkdtemp gives the rights 0700 on every POSIX system.
        this.#path = mkdtempSync(join(this.#parent, `lacuna-launch-${process.pid}-`));
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

/** Removes the folders of launches that are over. Those of other people cannot be removed, and are left alone. */
function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^lacuna-launch-(\d+)-\w{6}$/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
