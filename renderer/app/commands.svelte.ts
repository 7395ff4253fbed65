import { untrack } from 'svelte';

/** Something that can be done by name: from the palette, by a shortcut. */
export interface Command {
  id: string;
  title: string;
  /** 'Go to', 'Project', 'Run', 'Gene' … ; groups the palette. */
  group: string;
  /** `mod` is Ctrl, or ⌘ on a Mac: 'mod+k', 'mod+shift+z'. */
  shortcut?: string;
  enabled?: () => boolean;
  run: () => void | Promise<void>;
}

/** Commands of whatever is on the screen; features add theirs and take them away again. */
class Commands {
  list = $state.raw<Command[]>([]);

  /** Adds commands; the answer removes them. Fits `$effect(() => commands.add([...]))`. */
  add(added: Command[]): () => void {
    // Untracked: the effect that adds commands must not run again because of the list that it has just changed.
    untrack(() => (this.list = [...this.list, ...added]));
    return () => {
      untrack(() => (this.list = this.list.filter((command) => !added.includes(command))));
    };
  }

  /** Runs the command of a key press, if there is one. */
  onKey(event: KeyboardEvent): void {
    const pressed = shortcutOf(event);
    const command = this.list.findLast(
      (candidate) => candidate.shortcut === pressed && (candidate.enabled?.() ?? true),
    );
    if (command === undefined || (isTextEdit(event) && (command.id === 'undo' || command.id === 'redo'))) return;
    event.preventDefault();
    void command.run();
  }
}

export const commands = new Commands();

/** In a field that is written in, Ctrl-Z takes back what was typed. */
function isTextEdit({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && /^(text|search|number)$/.test(target.type))
  );
}

const isMac = navigator.platform.startsWith('Mac');

/** 'mod+shift+z' of a key press. */
function shortcutOf(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey) parts.push('shift');
  parts.push(event.key.toLowerCase());
  return parts.join('+');
}

/** A shortcut as people read it: 'Ctrl K', '⇧⌘Z'. */
export function shortcutText(shortcut: string): string {
  const names: Record<string, string> = isMac
    ? { mod: '⌘', shift: '⇧', alt: '⌥' }
    : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt' };
  const parts = shortcut.split('+').map((part) => names[part] ?? (/^(.|f\d+)$/.test(part) ? part.toUpperCase() : part));
  return isMac ? parts.join('') : parts.join(' ');
}
