import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  /** Place and size while neither maximised nor full-screen, in the system's screen units. */
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }).nullable(),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

/** `window.json` in the person's folder: how the window was left. A convenience: a file that cannot be read or written is no error. */
export class WindowStateFile {
  readonly #folder: string;
  readonly #file: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'window.json');
  }

  get(): WindowState {
    try {
      return stateSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return { bounds: null, maximized: false };
    }
  }

  /** Fields left out stay as they are. */
  put(changes: Partial<WindowState>): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
      const draft = `${this.#file}.${process.pid}`;
      writeFileSync(draft, `${JSON.stringify({ ...this.get(), ...changes }, null, 2)}\n`);
      renameSync(draft, this.#file);
    } catch {
      // The window opens in the middle of the screen next time.
    }
  }
}
