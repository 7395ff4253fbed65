import type { Page } from '@playwright/test';

/** What a person did with mouse and keyboard, counted by the page's own events. */
export interface UserActions {
  clicks: number;
  keys: number;
}

/** Counts from now on, over every page that is loaded; only real input counts, not what scripts call. */
export async function countUserActions(page: Page): Promise<UserActions> {
  const actions: UserActions = { clicks: 0, keys: 0 };
  await page.exposeFunction('countUserAction', (kind: keyof UserActions) => void actions[kind]++);
  await page.addInitScript(() => {
    const count = (kind: string) => (event: Event) => {
      const { countUserAction } = window as unknown as { countUserAction: (kind: string) => void };
      if (event.isTrusted) countUserAction(kind);
    };
    // On the way down, so that nothing can hide one.
    window.addEventListener('pointerdown', count('clicks'), { capture: true });
    window.addEventListener('keydown', count('keys'), { capture: true });
  });
  return actions;
}
