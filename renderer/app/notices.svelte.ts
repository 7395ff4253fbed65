import { plainError } from '../rpc/plain-error.ts';

/** A message at the edge of the window; errors stay until they are closed. */
export interface Notice {
  id: number;
  kind: 'info' | 'success' | 'error';
  what: string;
  remedy: string;
  action: { label: string; run: () => void | Promise<void> } | null;
}

/** Messages that are shown now, oldest first. */
class Notices {
  list = $state<Notice[]>([]);
  #nextId = 1;

  /**
   * @param seconds how long it stays; null: until it is closed
   * @returns what `close` takes
   */
  show(notice: Partial<Omit<Notice, 'id'>> & { what: string }, seconds: number | null = 6): number {
    const id = this.#nextId++;
    this.list.push({ kind: 'info', remedy: '', action: null, ...notice, id });
    if (seconds !== null) setTimeout(() => this.close(id), seconds * 1000);
    return id;
  }

  /** Any thrown value, in plain words. Cancelling is no error. */
  error(thrown: unknown): void {
    const { code, what, remedy } = plainError(thrown);
    if (code === 'cancelled') return;
    this.show({ kind: 'error', what, remedy }, null);
  }

  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}

export const notices = new Notices();
