import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

test('a published study is chosen, stopped, gone on with, and read', async ({ page, home, open, context }) => {
  test.setTimeout(300_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Score');
  await page.getByRole('navigation', { name: 'Ways to compare' }).getByRole('button', { name: 'Studies' }).click();

  const card = page.getByRole('article', { name: 'Three autoencoders on blood cells' });
  await expect(page.getByRole('article', { name: 'Sizes and inputs of a VAE' })).toContainText('15 runs');
  await expect(card).toContainText('compared with cell_type');
  await card.getByRole('button', { name: 'What is compared …' }).click();
  const choices = (title: string) => card.getByRole('group', { name: title });
  await choices('Methods').getByRole('checkbox', { name: 'Autoencoder' }).uncheck();
  await choices('Methods').getByRole('checkbox', { name: 'β-VAE' }).uncheck();
  await choices('Settings').getByRole('checkbox', { name: 'as printed' }).uncheck();
  await choices('Settings').getByRole('checkbox', { name: 'recommended' }).uncheck();
  await expect(card).toContainText('Choose at least one of Settings.');
  await expect(card.getByRole('button', { name: 'Start the study' })).toBeDisabled();
  await choices('Settings').getByRole('checkbox', { name: 'as printed' }).check();
  await card.getByLabel('Seeds').fill('eins');
  await expect(card).toContainText('Write the seeds as whole numbers');
  await card.getByLabel('Seeds').fill('1');
  await card.getByLabel('Epochs').fill('3');
  // β-VSC and the floor.
  await expect(card).toContainText('2 runs');
  await findsNothing(page, 'the cards');
  await card.getByRole('button', { name: 'Start the study' }).click();

  const state = page.getByRole('group', { name: 'Progress of the study' });
  await state.getByRole('button', { name: 'Cancel' }).click();
  await state.getByRole('button', { name: 'Continue' }).click();
  await expect(state).toContainText('2 of 2 runs finished', { timeout: 240_000 });

  await state.getByRole('button', { name: 'Tables' }).click();
  const table = page.getByRole('table', { name: 'k-means on the 2-D t-SNE of the latent' });
  await expect(table.getByRole('rowheader')).toContainText(['β-VSC', 'PCA', 'Autoencoder', 'β-VAE', 'β-VSC']);
  await expect(table.getByRole('columnheader')).toContainText(['Method', 'Settings', 'NMI (geometric)', 'NMI', 'ARI']);
  await expect(page.getByRole('table', { name: 'Training times' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy the table as LaTeX' }).first().click();
  await expect(page.getByText('The whole table is on the clipboard as LaTeX.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('\\toprule');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save CSV of k-means on the latent itself' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toContain('completeness_sd');
  await findsNothing(page, 'the tables');

  await state.getByRole('button', { name: 'Pictures' }).click();
  const pictures = page.getByRole('group', { name: 'Pictures side by side' });
  await expect(
    pictures.getByRole('application', { name: /^2-D t-SNE of β-VSC · as printed, 300 cells by cell_type/ }),
  ).toBeVisible({ timeout: 30_000 });
  await expect(pictures.getByRole('figure')).toHaveCount(2);
  await expect(page.getByRole('list', { name: 'Legend: cell_type' }).getByRole('listitem')).toHaveCount(4);
  await page.getByRole('group', { name: 'Picture', exact: true }).getByRole('button', { name: '3-D t-SNE' }).click();
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('clusters of the picture');
  await expect(
    pictures.getByRole('application', { name: /^3-D t-SNE of PCA · floor, 300 cells by clusters/ }),
  ).toBeVisible();
  await findsNothing(page, 'the pictures');

  await state.getByRole('button', { name: 'Training' }).click();
  await page.getByRole('group', { name: 'Term' }).getByRole('button', { name: 'Norm of the gradient' }).click();
  await expect(
    page.getByRole('img', { name: /^Norm of the gradient by epoch\. β-VSC · as printed goes from/ }),
  ).toBeVisible();
  await findsNothing(page, 'the curves');

  await state.getByRole('button', { name: 'Runs' }).click();
  await expect(page.getByRole('table', { name: 'Runs of the study' }).getByRole('row')).toHaveCount(3);
  await page.getByRole('button', { name: 'Remove this study' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(card).toBeVisible();
});

/** axe, in both themes. */
async function findsNothing(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
    expect.soft(serious, `${where}, ${colorScheme}`).toEqual([]);
  }
}
