import { notices } from './notices.svelte.ts';

/** One change that can be taken back, named as a person would: 'Delete run AE · seed 1'. */
export interface UndoableAction {
  name: string;
  do: () => Promise<void>;
  undo: () => Promise<void>;
}

/** Changes in the order in which they were made; Ctrl-Z and Ctrl-Shift-Z walk along them. */
class UndoStack {
  #done = $state<UndoableAction[]>([]);
  #undone = $state<UndoableAction[]>([]);

  get nextUndo(): string | null {
    return this.#done.at(-1)?.name ?? null;
  }

  get nextRedo(): string | null {
    return this.#undone.at(-1)?.name ?? null;
  }

  /** Does the action and remembers it; a failure is shown, nothing is remembered, and the answer is false. */
  async run(action: UndoableAction): Promise<boolean> {
    try {
      await action.do();
      this.#done.push(action);
      this.#undone = [];
      return true;
    } catch (thrown) {
      notices.error(thrown);
      return false;
    }
  }

  /** Takes one action back, whatever was done since; nothing happens when it was taken back already. */
  async takeBack(action: UndoableAction): Promise<void> {
    const at = this.#done.findIndex((done) => done.name === action.name && done.undo === action.undo);
    if (at === -1) return;
    this.#done.push(...this.#done.splice(at, 1));
    await this.undo();
  }

  async undo(): Promise<void> {
    await this.#move(this.#done, this.#undone, 'undo');
  }

  async redo(): Promise<void> {
    await this.#move(this.#undone, this.#done, 'do');
  }

  /** Forgets everything; for when another project is opened. */
  clear(): void {
    this.#done = [];
    this.#undone = [];
  }

  async #move(from: UndoableAction[], to: UndoableAction[], what: 'do' | 'undo'): Promise<void> {
    const action = from.pop();
    if (action === undefined) return;
    try {
      await action[what]();
      to.push(action);
      notices.show({ what: `${what === 'undo' ? 'Undone' : 'Done again'}: ${action.name}` }, 3);
    } catch (thrown) {
      notices.error(thrown);
    }
  }
}

export const undoStack = new UndoStack();
