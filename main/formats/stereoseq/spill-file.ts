import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';

/**
 * A temporary file of equal blocks. Nothing is made on disk before the first block is written. Where the system allows
 * it, the file loses its name at once, so that it vanishes even when the process is killed.
 */
export class SpillFile {
  readonly #parent: string;
  readonly #blockBytes: number;
  #folder: string | null = null;
  #file: number | null = null;
  #blocks = 0;
  #closed = false;

  /** @param parent folder to make it in; the system's for temporary files when left out */
  constructor(blockBytes: number, parent: string = tmpdir()) {
    this.#parent = parent;
    this.#blockBytes = blockBytes;
  }

  /** Appends a block. @returns its number. @throws LacunaError `disk-full`, `no-access` */
  write(block: Uint8Array): number {
    try {
      this.#file ??= this.#create();
      for (let at = 0; at < block.length;)
        at += writeSync(this.#file, block, at, block.length - at, this.#blocks * this.#blockBytes + at);
      return this.#blocks++;
    } catch (error) {
      throw LacunaError.from(error);
    }
  }

  /** Reads a block into `into`, as many bytes as that holds. */
  read(block: number, into: Uint8Array): void {
    try {
      for (let at = 0; at < into.length;) {
        const got = readSync(this.#file!, into, at, into.length - at, block * this.#blockBytes + at);
        if (got === 0) throw new Error(`a temporary file in ${this.#parent} lost its end`);
        at += got;
      }
    } catch (error) {
      throw LacunaError.from(error);
    }
  }

  /** Removes the file. May be called twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
  }

  #create(): number {
    if (this.#closed) throw new LacunaError('internal', 'A temporary file was written after it had been closed.');
    this.#folder = mkdtempSync(join(this.#parent, 'lacuna-import-'));
    const file = openSync(join(this.#folder, 'bins'), 'wx+', 0o600);
    if (process.platform !== 'win32') {
      rmSync(this.#folder, { recursive: true });
      this.#folder = null;
    }
    return file;
  }
}
