import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

test('runs are scored, sorted with the keys, copied, and each row shows what is behind it', async ({
  page,
  home,
  open,
  context,
}) => {
  test.setTimeout(180_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Score');
  await page.getByRole('button', { name: 'Score 3 runs against cell_type' }).click();
  const table = page.getByRole('grid', { name: 'Scores' });
  await expect(table).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('status').filter({ hasText: 'Scored.' })).toBeVisible({ timeout: 60_000 });
  await expect(table.getByRole('rowheader').filter({ hasText: 'Principal components' }).first()).toBeVisible();

  const heading = table.getByRole('columnheader', { name: 'Method' });
  await heading.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(heading).toHaveAttribute('aria-sort', /ascending|descending/);
  const before = await heading.getAttribute('aria-sort');
  await page.keyboard.press('Enter');
  await expect(heading).not.toHaveAttribute('aria-sort', before ?? '');

  await page.getByRole('button', { name: 'Copy the table as TSV' }).click();
  await expect(page.getByText('The whole table is on the clipboard as TSV.')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text.trim().split('\n').length).toBeGreaterThan(3);
  expect(text).toContain('\t');

  await table.getByRole('rowheader').filter({ hasText: 'Principal components' }).first().click();
  const detail = page.getByRole('region', { name: /^Behind the row Principal components/ });
  await expect(detail.getByRole('rowheader', { name: 'Type 1' })).toBeVisible();
});

test('story 4: a figure is exported as SVG with its words as text and its legend', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Explore');
  await expect(page.getByRole('application', { name: /^Picture 1, 300 points/ })).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Export');
  await page.getByRole('radio', { name: /^Figure/ }).check();
  await page.getByRole('radio', { name: /85 mm/ }).check();
  await page.getByLabel('File name').fill('figure-2b.svg');
  await page.getByRole('button', { name: 'Save to folder' }).click();
  const exported = page.getByRole('region', { name: 'Exported' });
  const code = exported.locator('code');
  await expect(code).toContainText('figure-2b.svg', { timeout: 60_000 });
  const svg = await readFile((await code.first().textContent()) ?? '', 'utf8');
  expect(svg).toContain('width="85mm"');
  for (const word of ['Type 1', 'Type 4', 'cell_type', 'UMAP 1'])
    expect(svg).toMatch(new RegExp(`<text[^>]*>[^<]*(<tspan[^>]*>)?${word}`));
  expect(svg.match(/<circle|<use/g)?.length ?? 0).toBeGreaterThanOrEqual(300);

  // A PNG is drawn by the window, and lies in the same folder.
  await page.getByRole('radio', { name: /^PNG/ }).check();
  await page.getByRole('button', { name: 'Save to folder' }).click();
  await expect(code.first()).toContainText('figure-2b.png', { timeout: 30_000 });
  const png = await readFile((await code.first().textContent()) ?? '');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  // 85 mm at 300 dpi.
  expect(Math.abs(png.readUInt32BE(16) - (85 / 25.4) * 300)).toBeLessThan(3);
});

test('the tissue is exported as a map with a scale bar', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().tissueProject, 'tissue.lacuna'));
  await goTo(page, 'Export');
  await page.getByRole('radio', { name: /^Figure/ }).check();
  await page.getByLabel('Picture', { exact: true }).selectOption({ label: 'Tissue' });
  await page.getByLabel('File name').fill('map.svg');
  await page.getByRole('button', { name: 'Save to folder' }).click();
  const code = page.getByRole('region', { name: 'Exported' }).locator('code');
  await expect(code).toContainText('map.svg', { timeout: 60_000 });
  const svg = await readFile((await code.first().textContent()) ?? '', 'utf8');
  expect(svg).toMatch(/<text[^>]*>\d+ (µm|mm)<\/text>/);
  expect(svg).toMatch(/<text[^>]*>region<\/text>/);
});

test('the denoised matrix and the methods paragraph are exported', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Export');
  await page.getByRole('radio', { name: /^Denoised matrix/ }).check();
  await page.getByLabel('File name').fill('filled.h5ad');
  await page.getByRole('button', { name: 'Save to folder' }).click();
  const exported = page.getByRole('region', { name: 'Exported' });
  await expect(exported.locator('code')).toContainText('filled.h5ad', { timeout: 60_000 });
  const path = (await exported.locator('code').first().textContent()) ?? '';
  // Signature of HDF5.
  expect((await readFile(path)).subarray(0, 4).toString('latin1')).toBe('\x89HDF');
  expect((await stat(path)).size).toBeGreaterThan(300 * 200);
  expect(path.startsWith(join(home, ''))).toBe(true);

  await page.getByRole('radio', { name: /^Report/ }).check();
  await expect(page.getByRole('main')).toContainText(/autoencoder/i);
  await page.getByRole('button', { name: 'Save to folder' }).click();
  await expect(exported.locator('code')).toHaveCount(2, { timeout: 60_000 });
});
