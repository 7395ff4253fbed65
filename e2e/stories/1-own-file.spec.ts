import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PROJECT } from '../../build/setup/paths.mjs';
import { expect, test, type Page } from '../support/test.ts';
import { testData } from '../support/test-data.ts';
import { countUserActions } from '../support/user-actions.ts';

const SHARED_DATA = resolve(process.env.LACUNA_DATA ?? join(PROJECT, '..', 'shared', 'data'));
const PBMC_3K = join(SHARED_DATA, 'pbmc3k', 'filtered_feature_bc_matrix.h5');
/** Opening the application itself: a double click on its icon. */
const ICON_CLICKS = 2;
const MOST_CLICKS = 12;

test('story 1: from the icon to a UMAP of her own 10x file, coloured by cluster, in 12 clicks', async ({
  page,
  home,
  open,
}) => {
  await copyFile(testData().cellsH5, join(home, 'liver-pilot.h5'));
  await walk(page, open, 'liver-pilot.h5', '300');
});

test('story 1 with the 2,638 cells of PBMC 3k', async ({ page, home, open }) => {
  test.skip(!existsSync(PBMC_3K), `needs PBMC 3k at ${PBMC_3K}`);
  test.setTimeout(180_000);
  await copyFile(PBMC_3K, join(home, 'pbmc3k.h5'));
  await walk(page, open, 'pbmc3k.h5', '2638');
});

/** From the Start screen to the picture, with the mouse alone. */
async function walk(page: Page, open: () => Promise<unknown>, file: string, cells: string): Promise<void> {
  const actions = await countUserActions(page);
  await open();
  await page.getByRole('button', { name: 'Open a file …' }).click();
  const picker = page.getByRole('dialog', { name: 'Open data' });
  await picker.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Home' }).click();
  await picker.getByRole('option', { name: file }).click();
  await picker.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).last().click();
  await page.getByRole('button', { name: 'Skip to Learn' }).click({ timeout: 30_000 });
  await page.getByRole('button', { name: /^Principal components/ }).click();
  await page.getByRole('button', { name: 'Start the run' }).click();
  const run = page.getByRole('article').filter({ has: page.getByRole('heading', { name: /PCA/ }) });
  await run.getByRole('button', { name: 'Explore' }).click({ timeout: 60_000 });

  const picture = page.getByRole('application', {
    name: new RegExp(`^Picture 1, ${cells} points, coloured by Leiden`),
  });
  await expect(picture).toBeVisible({ timeout: 90_000 });
  await expect(page.getByLabel('Picture 1: what it shows').locator('option:checked')).toHaveText('UMAP');
  const legend = page.getByRole('region', { name: 'Legend' }).getByRole('listitem');
  await expect(legend).not.toHaveCount(0);
  expect(await legend.count()).toBeGreaterThan(2);

  const clicks = actions.clicks + ICON_CLICKS;
  test.info().annotations.push({ type: 'clicks', description: String(clicks) });
  expect(actions.keys).toBe(0);
  expect(actions.clicks).toBeGreaterThan(6);
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
}
