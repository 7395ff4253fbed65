import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { pickPath, goTo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';

test('a file of surface proteins is matched by barcode and imported beside the genes', async ({ page, open }) => {
  const { cellsH5, proteins } = testData();
  await open();
  await page.getByRole('button', { name: 'Open a file …' }).click();
  await pickPath(page, cellsH5);
  const card = page.getByRole('article', { name: 'cells.h5' });
  await card.getByRole('button', { name: 'Choose a protein file …' }).click();
  await pickPath(page, proteins);
  await expect(card.getByText(/2 proteins found, for 290 of 300\s+cells: CD3, CD19\./)).toBeVisible();
  await page.getByRole('button', { name: 'Import', exact: true }).last().click();
  await expect(page.getByText('Imported: 300 cells × 200 genes.')).toBeVisible({ timeout: 40_000 });
  await expect(card.getByText(/2 of antibodies\.csv, for\s+290 of 300/)).toBeVisible();
});

test('a protein colours the latent, as ratio or as counts', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().citeProject, 'cite.lacuna'));
  await goTo(page, 'Explore');
  await expect(page.getByRole('application', { name: /^Picture 1, 300 points/ })).toBeVisible({ timeout: 60_000 });
  const picker = page.getByRole('combobox', { name: 'Colour by' });
  await picker.click();
  await picker.fill('cd19');
  await page.getByRole('option', { name: /CD19\s*protein/ }).click();
  await expect(picker).toHaveValue('CD19 (protein)');
  await expect(page.getByRole('application', { name: /^Picture 1, 300 points, coloured by CD19/ })).toBeVisible();
  const scale = page.getByRole('region', { name: 'Colour scale' });
  await expect(scale).toContainText('CLR');
  await scale.getByLabel('Values of proteins').selectOption({ label: 'counts' });
  await expect(scale).toContainText('128');
  await expect(page.getByRole('button', { name: 'Observed | denoised' })).toHaveCount(0);
});

test('the mixing of batches is checked and shown as a table', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().citeProject, 'cite.lacuna'));
  await goTo(page, 'Score');
  await page.getByRole('button', { name: 'Batch mixing', exact: true }).click();
  await expect(page.getByLabel('Batches by')).toHaveValue('batch');
  await page.getByRole('button', { name: 'Check 1 run' }).click();
  const table = page.getByRole('grid', { name: 'Batch mixing' });
  await expect(table).toBeVisible({ timeout: 60_000 });
  for (const name of ['iLISI', 'Silhouette of batches', 'kBET acceptance'])
    await expect(table.getByRole('columnheader', { name })).toBeVisible();
  await expect(table.getByRole('rowheader').filter({ hasText: 'Principal components' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('an overview shows depth, composition and the spread of genes, to be saved', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().citeProject, 'cite.lacuna'));
  await goTo(page, 'Quality');
  await page.getByRole('button', { name: 'Overview', exact: true }).click();
  for (const name of ['Counts per cell', 'Genes per cell', 'Mean and variance of the genes'])
    await expect(page.getByRole('region', { name })).toBeVisible({ timeout: 30_000 });
  const parts = page.getByRole('region', { name: 'Composition of the batches' });
  await expect(parts.getByRole('row', { name: /^lane 1 145/ })).toBeAttached();
  await parts.getByRole('button', { name: /^Save/ }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^CSV/ }).click();
  const csv = await readFile(await (await saving).path(), 'utf8');
  expect(csv.split('\r\n')[0]).toContain('batch,cells in all,');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});
