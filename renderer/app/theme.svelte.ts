import { shell } from './shell.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'lacuna-theme';

/** Light or dark; follows the system unless the person chose. */
class Theme {
  choice = $state<ThemeChoice>((localStorage.getItem(key) as ThemeChoice | null) ?? 'system');
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
    localStorage.setItem(key, choice);
    shell()?.setTheme?.(choice);
    this.#apply();
  }

  #apply(): void {
    document.documentElement.dataset.theme = this.isDark ? 'dark' : 'light';
  }
}

export const theme = new Theme();
