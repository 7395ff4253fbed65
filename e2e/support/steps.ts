import { expect, type Locator, type Page } from '@playwright/test';

/** Clicks a step at the top: 'Learn'. */
export async function goTo(page: Page, step: string): Promise<void> {
  await stepButton(page, step).click();
  await expect(stepButton(page, step)).toHaveAttribute('aria-current', 'step');
}

/** The button of a step; its name goes on with what the step has produced. */
export function stepButton(page: Page, step: string): Locator {
  return page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: new RegExp(step) });
}

/** Takes a file or folder in the picker of the page by writing its path. */
export async function pickPath(page: Page, path: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Path').fill(path);
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
}

/** A line of the project tree, found by how its name begins. */
export function treeItem(page: Page, name: string | RegExp): Locator {
  return page.getByRole('tree', { name: 'Project' }).getByRole('treeitem', { name });
}
