import type Database from 'better-sqlite3';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { noteOpen } from './open-files.ts';
import { translateSqliteError } from './sqlite-error.ts';

type Value = string | number | bigint | Uint8Array | null;
/** Named or positional parameters of a statement. */
export type Parameters = readonly Value[] | Record<string, Value>;

/**
 * The connection to a project file. Every store goes through it: statements are prepared once, every failure of SQLite
 * leaves as a `LacunaError`, and a closed project says so.
 */
export class ProjectDatabase {
  readonly path: string;
  readonly #connection: Database.Database;
  readonly #forgetOpen: () => void;
  readonly #statements = new Map<string, Database.Statement<unknown[]>>();

  /** @param connection open; owned by this object from now on */
  constructor(connection: Database.Database, path: string) {
    this.#connection = connection;
    this.path = path;
    this.#forgetOpen = noteOpen(path);
  }

  get isOpen(): boolean {
    return this.#connection.open;
  }

  /** Runs a statement that gives no rows. */
  run(sql: string, parameters: Parameters = []): { changes: number; id: number } {
    const { changes, lastInsertRowid } = this.#guarded(() => this.#statement(sql).run(...spread(parameters)));
    return { changes, id: Number(lastInsertRowid) };
  }

  /** The first row, or undefined. The caller knows the columns: STRICT tables keep their types. */
  get<Row>(sql: string, parameters: Parameters = []): Row | undefined {
    return this.#guarded(() => this.#statement(sql).get(...spread(parameters)) as Row | undefined);
  }

  all<Row>(sql: string, parameters: Parameters = []): Row[] {
    return this.#guarded(() => this.#statement(sql).all(...spread(parameters)) as Row[]);
  }

  /** Everything or nothing of `body`; takes the write lock at once, so that it cannot fail half-way for being late. */
  transaction<T>(body: () => T): T {
    return this.#guarded(() =>
      this.#connection.inTransaction ? body() : this.#connection.transaction(body).immediate(),
    );
  }

  /** Several reads that must see one state of the file. */
  snapshot<T>(body: () => T): T {
    return this.#guarded(() =>
      this.#connection.inTransaction ? body() : this.#connection.transaction(body).deferred(),
    );
  }

  pragma(pragma: string): unknown {
    return this.#guarded(() => this.#connection.pragma(pragma, { simple: true }));
  }

  /** Gives freed pages back to the disk. */
  shrink(): void {
    // One page per step: a `simple` pragma would stop after the first.
    this.#guarded(() => this.#connection.pragma('incremental_vacuum'));
  }

  exec(sql: string): void {
    this.#guarded(() => this.#connection.exec(sql));
  }

  /** SQLite's online copy. @see Project.copyTo */
  async backup(
    path: string,
    progress: (pages: { totalPages: number; remainingPages: number }) => number,
  ): Promise<void> {
    this.#guarded(() => undefined);
    try {
      await this.#connection.backup(path, { progress });
    } catch (thrown) {
      throw translateSqliteError(thrown, this.path);
    }
  }

  close(): void {
    if (!this.#connection.open) return;
    this.#statements.clear();
    this.#connection.close();
    this.#forgetOpen();
  }

  #statement(sql: string): Database.Statement<unknown[]> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #guarded<T>(body: () => T): T {
    if (!this.#connection.open)
      throw new LacunaError('bad-request', `The project ${this.path} is closed.`, 'Open it again.', {
        path: this.path,
      });
    try {
      return body();
    } catch (thrown) {
      throw translateSqliteError(thrown, this.path);
    }
  }
}

function spread(parameters: Parameters): unknown[] {
  return Array.isArray(parameters) ? (parameters as unknown[]) : [parameters];
}
