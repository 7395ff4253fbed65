import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../support/test.ts';

test('a folder of thousands of files is listed in part, and walked with the keys as a whole', async ({
  page,
  home,
  open,
}) => {
  const folder = join(home, 'plates');
  mkdirSync(folder);
  for (let i = 1; i <= 1_500; i++) writeFileSync(join(folder, `plate ${i}.h5`), '');
  await open();
  await page.getByRole('button', { name: 'Open a file …' }).click();
  const picker = page.getByRole('dialog', { name: 'Open data' });
  await picker.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Home' }).click();
  await picker.getByRole('option', { name: /^plates/ }).dblclick();
  const first = picker.getByRole('option', { name: /^plate 1\.h5/ });
  await expect(first).toHaveAttribute('aria-setsize', '1500');
  expect(await picker.getByRole('option').count()).toBeLessThan(100);

  await first.click();
  await page.keyboard.press('End');
  const last = picker.getByRole('option', { name: /^plate 1500\.h5/ });
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  await expect(picker.getByLabel('Path')).toHaveValue(join(folder, 'plate 1500.h5'));
  // Scrolled out of sight, the row keeps the focus.
  await picker.getByRole('listbox').hover();
  await page.mouse.wheel(0, -100_000);
  await expect(first).toBeInViewport();
  await expect(last).toBeFocused();
  await page.keyboard.press('PageUp');
  await expect(picker.getByRole('option', { name: /^plate 1490\.h5/ })).toBeFocused();
});
