import type { z } from 'zod';
import type { settingsSchema } from '../../main/contract/entities/settings.ts';
import { core } from '../rpc/client.ts';
import { notices } from './notices.svelte.ts';
import { shell } from './shell.ts';

export type ThemeChoice = z.infer<typeof settingsSchema>['theme'];

const root = document.documentElement;

/**
 * Light or dark; follows the system unless the person chose. The choice is a setting of the core, because what a browser
 * keeps belongs to an address, and each launch has another. The core writes it into the page, so that nothing flashes.
 */
class Theme {
  choice = $state<ThemeChoice>(written());
  #systemIsDark = $state(matchMedia('(prefers-color-scheme: dark)').matches);

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
      this.#systemIsDark = event.matches;
      this.#apply();
    });
    this.#apply();
  }

  get isDark(): boolean {
    return this.choice === 'dark' || (this.choice === 'system' && this.#systemIsDark);
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    shell()?.setTheme?.(choice);
    this.#apply();
    core.settings.put({ theme: choice }).catch((thrown: unknown) => notices.error(thrown));
  }

  #apply(): void {
    root.dataset.theme = this.isDark ? 'dark' : 'light';
  }
}

/** What the core wrote into the page: nothing where the system decides. */
function written(): ThemeChoice {
  const { theme } = root.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export const theme = new Theme();
