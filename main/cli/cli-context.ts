import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { LacunaCore } from '../core/lacuna-core.ts';
import { SettingsStore } from '../core/settings/settings-store.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import type { JobInfo } from '../jobs/job-info.ts';
import type { Project } from '../projects/project.types.ts';
import { createProgressLine } from './output/progress-line.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  json?: boolean;
  quiet?: boolean;
}

/** What commands share: the core, where to print, and how to wait for a job with a progress line. */
export class CliContext {
  readonly settings = new SettingsStore();
  readonly core = new LacunaCore({ engine: () => this.settings.get() });
  readonly json: boolean;
  readonly quiet: boolean;
  #jobId: string | null = null;
  #stop: (() => void) | null = null;

  constructor(options: GlobalOptions) {
    this.json = options.json ?? false;
    this.quiet = (options.quiet ?? false) || this.json;
  }

  /** Prints the result: `value` as one JSON document with --json, else the text. */
  print(value: unknown, text: string): void {
    process.stdout.write(this.json ? `${JSON.stringify(value, null, 2)}\n` : text === '' ? '' : `${text}\n`);
  }

  /** Remarks that are not results, on standard error. */
  say(text: string): void {
    if (!this.quiet) process.stderr.write(`${text}\n`);
  }

  openProject(path: string): Project {
    return this.core.openProject(projectPath(path));
  }

  openOrCreateProject(path: string): Project {
    const complete = projectPath(path);
    return existsSync(complete) ? this.core.openProject(complete) : this.core.createProject(complete);
  }

  /** Waits for a job with a progress line. @throws LacunaError the job's own */
  async waitFor<Result>(job: JobInfo): Promise<Result> {
    const line = createProgressLine(process.stderr, this.quiet);
    this.#jobId = job.id;
    try {
      const over = await this.core.waitFor(job.id, (progress) => line.show(progress));
      return over.result as Result;
    } finally {
      this.#jobId = null;
      line.done();
    }
  }

  /** Fires at Ctrl-C, for work that is done in this process. */
  signal(): AbortSignal {
    const controller = new AbortController();
    this.#stop = () => controller.abort();
    return controller.signal;
  }

  /** Waits for Ctrl-C, for commands that serve until they are stopped. */
  stopped(): Promise<void> {
    return new Promise((resolve) => {
      this.#stop = resolve;
    });
  }

  /** Ctrl-C: asks the job or the service to stop. False when nothing runs. */
  cancel(): boolean {
    if (this.#stop !== null) {
      this.#stop();
      return true;
    }
    if (this.#jobId === null) return false;
    this.core.cancel(this.#jobId);
    return true;
  }
}

/** The path of a project: `.lacuna` is added where the file does not exist without it. */
export function projectPath(path: string): string {
  return existsSync(path) || extname(path) === '.lacuna' ? path : `${path}.lacuna`;
}

/** Splits `key=value`. @throws LacunaError `bad-option` */
export function parseAssignment(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new LacunaError('bad-option', `'${text}' is not of the form key=value.`, 'Write, for example, epochs=100.');
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A whole number of at least `least`. @throws LacunaError `bad-option` */
export function parseWhole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new LacunaError('bad-option', `${name} takes a whole number of at least ${least}, not '${text}'.`, '');
  }
  return value;
}

/** A number. @throws LacunaError `bad-option` */
export function parseNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new LacunaError('bad-option', `${name} takes a number, not '${text}'.`, '');
  }
  return value;
}
