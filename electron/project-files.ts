import { resolve } from 'node:path';
import { app, ipcMain } from 'electron';
import type { WebContents } from 'electron';
import { channels } from './channels.ts';
import { isTrustedSender } from './trusted-sender.ts';

/**
 * Project files that the system wants opened: double-clicked, dropped on the icon, or named on the command line. They wait
 * until the window's page takes them.
 */
export class ProjectFiles {
  #waiting: string[] = [];
  #page: WebContents | null = null;

  constructor() {
    // macOS says it this way, possibly before the application is ready.
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.open(path);
    });
    ipcMain.on(channels.listening, (event) => {
      if (!isTrustedSender(event)) return;
      this.#page = event.sender;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const path of waiting) this.open(path);
    });
  }

  open(path: string): void {
    if (this.#page === null || this.#page.isDestroyed()) this.#waiting = [path];
    else this.#page.send(channels.openProject, path);
  }

  /** Opens the project that a command line names, if it names one. @param folder where the command was given */
  openFromArguments(argv: readonly string[], folder: string): void {
    const path = argv.slice(1).findLast((argument) => !argument.startsWith('-') && /\.lacuna$/i.test(argument));
    if (path !== undefined) this.open(resolve(folder, path));
  }
}
