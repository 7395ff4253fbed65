import { shell, type PickKind } from '../app/shell.ts';

export interface PickRequest {
  kind: PickKind;
  title: string;
  /** More than one may be chosen. */
  many?: boolean;
  /** Folder to begin in; left out: the last one, else where new projects go. */
  folder?: string;
}

/** Asks for files or folders of this computer: by the system's dialog where there is one, else by the one in the page. */
class FilePicker {
  /** What the dialog in the page asks for now. */
  request = $state.raw<PickRequest | null>(null);
  /** Where the person chose last, by kind. */
  lastFolder = new Map<PickKind, string>();
  #answer: ((paths: string[]) => void) | null = null;

  /** The chosen paths; none when the person cancelled. */
  async ask(request: PickRequest): Promise<string[]> {
    const native = shell()?.pick;
    if (native !== undefined) return await native(request);
    this.answer([]);
    return await new Promise((resolve) => {
      this.#answer = resolve;
      this.request = request;
    });
  }

  /** Closes the dialog in the page. */
  answer(paths: string[]): void {
    this.request = null;
    this.#answer?.(paths);
    this.#answer = null;
  }
}

export const filePicker = new FilePicker();
