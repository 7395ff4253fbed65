import type { Page } from '@playwright/test';

/** Drops files on the window. A drop is made of real files: the browser gives them to a page when they are chosen. */
export async function dropFiles(page: Page, paths: string[]): Promise<void> {
  await page.evaluate(() => {
    const field = document.createElement('input');
    Object.assign(field, { type: 'file', multiple: true });
    field.setAttribute('aria-label', 'Dropped');
    document.body.append(field);
  });
  const field = page.getByLabel('Dropped');
  await field.setInputFiles(paths);
  await field.evaluate((input: HTMLInputElement) => {
    const dataTransfer = new DataTransfer();
    for (const file of input.files ?? []) dataTransfer.items.add(file);
    input.remove();
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
}
