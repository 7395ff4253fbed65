import type { Page } from '@playwright/test';

/**
 * A page that specs may hold before it is there. In a browser the page comes first and Lacuna is shown in it; in Electron
 * the page comes with Lacuna. Listeners that were added before are handed on.
 */
export class LatePage {
  readonly page: Page;
  #real: Page | null = null;
  readonly #listeners: Parameters<Page['on']>[] = [];

  constructor() {
    this.page = new Proxy({} as Page, {
      get: (_target, name) => {
        if (this.#real !== null) {
          const value: unknown = Reflect.get(this.#real, name);
          return typeof value === 'function' && name !== 'constructor' ? (value.bind(this.#real) as unknown) : value;
        }
        if (name === 'on') return (...listener: Parameters<Page['on']>) => this.#listeners.push(listener);
        // Asked by whoever awaits the fixture, and by printers.
        if (name === 'then' || typeof name === 'symbol') return undefined;
        throw new Error(`The page is there once Lacuna is open; page.${name} was asked before.`);
      },
    });
  }

  /** The page has come; a second one (Lacuna was started again) takes the place of the first. */
  become(real: Page): void {
    this.#real = real;
    for (const listener of this.#listeners) real.on(...listener);
  }
}
