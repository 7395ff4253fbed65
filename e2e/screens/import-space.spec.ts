import { dropFiles } from '../support/drop-files.ts';
import { pickPath, treeItem } from '../support/steps.ts';
import { expect, test, type Page } from '../support/test.ts';
import { testData } from '../support/test-data.ts';

/** What a card says under a heading of its facts. */
function fact(page: Page, card: string, term: string) {
  return page
    .getByRole('article', { name: card })
    .locator('dt', { hasText: new RegExp(`^${term}$`) })
    .locator('+ dd');
}

async function importAll(page: Page, told: string): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).last().click();
  await expect(page.getByText(told)).toBeVisible({ timeout: 40_000 });
}

test('dropped tables of counts and positions become one dataset once x and y are picked', async ({ page, open }) => {
  await open();
  const { beadCounts, beadPlaces } = testData();
  await dropFiles(page, [beadPlaces, beadCounts]);

  const card = page.getByRole('article', { name: 'puck_counts.csv' });
  await expect(fact(page, 'puck_counts.csv', 'Size')).toHaveText('60 cells × 25 genes');
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(card.getByLabel('Rows of the counts')).toHaveValue('genes-in-rows');
  await expect(card.getByLabel('Columns of the positions are split by')).toHaveValue('semicolon');
  await expect(card.getByText('No positions were found.')).toBeVisible();
  await expect(card.getByRole('region', { name: 'First rows of puck_counts.csv' })).toContainText('Gene0');

  await card.getByLabel('east is').selectOption('x');
  await card.getByLabel('north is').selectOption('y');
  await expect(fact(page, 'puck_counts.csv', 'Coordinates')).toHaveText('spatial (2-D)');
  await expect(fact(page, 'puck_counts.csv', 'Size')).toHaveText('59 spots × 25 genes');
  await expect(card.getByText('1 cell has no position and was left out.')).toBeVisible();
  await expect(fact(page, 'puck_counts.csv', 'Annotations')).toHaveText('region (2)');
  await card.getByLabel('Unit of the positions').selectOption('um');
  await expect(fact(page, 'puck_counts.csv', 'Scale')).toHaveText('positions in µm');
  const diameter = card.getByLabel('Diameter of a cell, bead or spot', { exact: true });
  await diameter.selectOption('other');
  await card.getByLabel('Diameter of a cell, bead or spot: number').fill('12');
  await card.getByLabel('Diameter of a cell, bead or spot: number').press('Enter');
  await expect(fact(page, 'puck_counts.csv', 'Spot size')).toHaveText('12 µm');

  await importAll(page, 'Imported: 59 spots × 25 genes.');
  await expect(treeItem(page, /^puck_counts, 59 spots, 25 genes/)).toBeVisible();
});

test('a choice that the tables do not bear is told, and taken back', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: 'Open a file …' }).click();
  await pickPath(page, testData().beadCounts);
  const card = page.getByRole('article', { name: 'puck_counts.csv' });
  await expect(fact(page, 'puck_counts.csv', 'Size')).toHaveText('60 cells × 25 genes');
  await card.getByLabel('Columns of the counts are split by').selectOption('tab');
  await expect(card.getByRole('alert')).toContainText(
    'puck_counts.csv does not fall into columns when it is split so.',
  );
  await expect(page.getByRole('button', { name: 'Import', exact: true }).last()).toBeDisabled();
  await card.getByRole('button', { name: 'Back to what was found' }).click();
  await expect(fact(page, 'puck_counts.csv', 'Size')).toHaveText('60 cells × 25 genes');
  await expect(card.getByRole('alert')).toHaveCount(0);
});

test('a Space Ranger folder brings its positions, scale and picture, and leaves out what is beside the tissue', async ({
  page,
  open,
}) => {
  await open();
  await page.getByRole('button', { name: 'Open a file …' }).click();
  await pickPath(page, testData().visiumFolder);
  const card = page.getByRole('article', { name: 'visium-sample' });
  await expect(fact(page, 'visium-sample', 'Size')).toHaveText('280 spots × 200 genes');
  await expect(fact(page, 'visium-sample', 'Picture')).toHaveText('hires (320 × 220 pixels)');
  await expect(fact(page, 'visium-sample', 'Scale')).toContainText('µm per unit of the positions');
  await card.getByLabel('Spots', { exact: true }).selectOption('all');
  await expect(fact(page, 'visium-sample', 'Size')).toHaveText('300 spots × 200 genes');
  await importAll(page, 'Imported: 300 spots × 200 genes.');
  await expect(treeItem(page, /^visium-sample, 300 spots, 200 genes/)).toBeVisible();
});

test('a Stereo-seq .gem is cut into bins of a size that is chosen or typed', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: 'Open a file …' }).click();
  await pickPath(page, testData().gem);
  const card = page.getByRole('article', { name: 'chip.gem' });
  await expect(fact(page, 'chip.gem', 'Size')).toHaveText('16 spots × 30 genes');
  await expect(card.getByLabel('Bin size', { exact: true }).locator('option:checked')).toContainText('16 bins');
  await card.getByLabel('Bin size', { exact: true }).selectOption('other');
  const typed = card.getByLabel('Bin size: number');
  await typed.fill('many');
  await typed.press('Enter');
  await expect(card.getByRole('alert')).toHaveText('A whole number from 1 to 999,999 is needed.');
  await typed.fill('40');
  await typed.press('Enter');
  await expect(fact(page, 'chip.gem', 'Size')).toHaveText('25 spots × 30 genes');
  await expect(fact(page, 'chip.gem', 'Spot size')).toHaveText('20 µm');
  await importAll(page, 'Imported: 25 spots × 30 genes.');
});
