import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Characters collected before they go to the disk. */
const FLUSH_AT = 1 << 18;

/** A text file written piece by piece, gzipped or not, waiting for the disk where it must. */
export class TextFile {
  readonly #input: Writable;
  readonly #output: Writable;
  #failure: Error | null = null;
  #held: string[] = [];
  #heldLength = 0;

  /** @param startAt bytes at the head of an existing file that are left as they are; 0 starts a new file */
  constructor(path: string, options: { gzip: boolean; startAt?: number }) {
    const startAt = options.startAt ?? 0;
    this.#output = createWriteStream(path, startAt > 0 ? { flags: 'r+', start: startAt } : { flags: 'w' });
    if (options.gzip) {
      // Level 4 takes two thirds of the time of the default and gives files 3 % larger.
      const gzip = createGzip({ level: 4 });
      gzip.pipe(this.#output);
      this.#input = gzip;
      this.#output.on('error', (error) => gzip.destroy(error));
    } else {
      this.#input = this.#output;
    }
    for (const stream of new Set([this.#input, this.#output])) {
      stream.on('error', (error) => {
        this.#failure ??= error;
      });
    }
  }

  async write(text: string): Promise<void> {
    this.#held.push(text);
    this.#heldLength += text.length;
    if (this.#heldLength >= FLUSH_AT) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    const done = finished(this.#output);
    this.#input.end();
    await done;
  }

  /** Stops without finishing the file; the caller removes it. */
  async abandon(): Promise<void> {
    this.#held = [];
    if (this.#output.closed) return;
    const closed = once(this.#output, 'close').catch(() => undefined);
    this.#input.destroy();
    this.#output.destroy();
    await closed;
  }

  async #flush(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    if (this.#heldLength === 0) return;
    const text = this.#held.join('');
    this.#held = [];
    this.#heldLength = 0;
    if (!this.#input.write(text))
      await once(this.#input, 'drain').catch((error: unknown) => {
        throw this.#failure ?? error;
      });
  }
}

/** Opens a text file, has it filled and closes it whatever happens. */
export async function withTextFile(
  path: string,
  options: { gzip: boolean; startAt?: number },
  fill: (file: TextFile) => Promise<void>,
): Promise<void> {
  const file = new TextFile(path, options);
  try {
    await fill(file);
    await file.close();
  } catch (error) {
    await file.abandon();
    throw error;
  }
}
