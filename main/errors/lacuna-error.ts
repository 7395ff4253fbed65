/**
 * The one error type of the application. An error that a person can meet says three things: what happened (with the
 * file and the place in it), what was expected, and what to do. It is thrown once, where the cause is known, and
 * crosses process borders as plain JSON.
 */

/** Every kind of failure that a caller may want to tell apart. */
export type ErrorCode =
  | 'bad-file' // the file's content is not what its format demands
  | 'truncated-file' // the file ends too early
  | 'unknown-format' // nothing recognises this file or folder
  | 'not-found' // a file, dataset, run … that does not exist
  | 'bad-option' // an option or parameter that is out of range or unknown
  | 'bad-request' // a request that the contract does not allow
  | 'unsupported' // a method or export that cannot serve this dataset
  | 'not-a-project' // a file that is not a Lacuna project
  | 'project-too-new' // written by a newer Lacuna
  | 'project-damaged' // checksum or structure of the project is broken
  | 'project-busy' // another process is writing
  | 'cancelled' // the person asked for it
  | 'diverged' // a loss became NaN or infinite
  | 'out-of-memory'
  | 'disk-full'
  | 'no-access' // permission denied, read-only place
  | 'worker-lost' // the compute process ended without a word
  | 'forbidden' // token, Host or Origin check of the browser host
  | 'internal'; // a fault of ours

/** Facts about an error that a machine may want; values stay small. */
export type ErrorDetails = Record<string, string | number | boolean | null | readonly string[]>;

/** The plain-JSON shape in which an error crosses a process border or the wire. */
export interface WireError {
  code: ErrorCode;
  what: string;
  remedy: string;
  details: ErrorDetails;
  cause?: string;
}

export class LacunaError extends Error {
  readonly code: ErrorCode;
  /** What to do about it: one or two sentences, addressed to the person. May be empty. */
  readonly remedy: string;
  readonly details: ErrorDetails;

  /** @param what what happened, where, and what was expected; one or two plain sentences. */
  constructor(code: ErrorCode, what: string, remedy = '', details: ErrorDetails = {}, cause?: unknown) {
    super(what, cause === undefined ? undefined : { cause });
    this.name = 'LacunaError';
    this.code = code;
    this.remedy = remedy;
    this.details = details;
  }

  toWire(): WireError {
    const wire: WireError = { code: this.code, what: this.message, remedy: this.remedy, details: this.details };
    if (this.cause instanceof Error) wire.cause = this.cause.message;
    else if (typeof this.cause === 'string') wire.cause = this.cause;
    return wire;
  }

  static fromWire(wire: WireError): LacunaError {
    return new LacunaError(wire.code, wire.what, wire.remedy, wire.details, wire.cause);
  }

  /** Any thrown value as a `LacunaError`: known ones pass, system errors are translated, the rest is `internal`. */
  static from(thrown: unknown): LacunaError {
    if (thrown instanceof LacunaError) return thrown;
    if (thrown instanceof Error && thrown.name === 'AbortError') return cancelled();
    const systemCode = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    switch (systemCode) {
      case 'ENOENT':
        return new LacunaError(
          'not-found',
          `There is no such file: ${(thrown as NodeJS.ErrnoException).path ?? message}.`,
          'Check the path.',
          {},
          thrown,
        );
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
        return new LacunaError(
          'no-access',
          `Reading or writing was not allowed: ${message}.`,
          'Choose another folder, or ask for the rights to this one.',
          {},
          thrown,
        );
      case 'ENOSPC':
      case 'SQLITE_FULL':
        return new LacunaError(
          'disk-full',
          `The disk is full: ${message}.`,
          'Free some space, then try again. Nothing half-written was kept.',
          {},
          thrown,
        );
      case 'ERR_WORKER_OUT_OF_MEMORY':
        return new LacunaError(
          'out-of-memory',
          'The computer ran out of memory.',
          'Close other programs, or choose fewer genes or a smaller batch.',
          {},
          thrown,
        );
      default:
        break;
    }
    return new LacunaError(
      'internal',
      `Something unexpected went wrong: ${message}`,
      'This is a fault of Lacuna. Please report it with the details below.',
      { stack: thrown instanceof Error ? (thrown.stack ?? '') : '' },
      thrown,
    );
  }
}

/** The error of a job that a person stopped. */
export function cancelled(): LacunaError {
  return new LacunaError('cancelled', 'Cancelled.', '');
}

/** Throws `cancelled` when the signal has fired; call it once per chunk or batch. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}
