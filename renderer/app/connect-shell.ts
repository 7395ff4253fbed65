import { incoming } from '../files/incoming.svelte.ts';
import { commands } from './commands.svelte.ts';
import { shell } from './shell.ts';

/** Does what the desktop shell asks for: opens project files that were double-clicked, runs commands of the menu. */
export function connectShell(): void {
  const desktop = shell();
  desktop?.onOpenProject?.((path) => void incoming.openProject(path));
  desktop?.onCommand?.((id) => {
    const command = commands.list.findLast((candidate) => candidate.id === id && (candidate.enabled?.() ?? true));
    void command?.run();
  });
}
