import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

const PROTOCOL = 'spatial imputation, 80 % of spots';

test('a benchmark is put together, runs, and shows its table and maps', async ({ page, home, open, context }) => {
  test.setTimeout(420_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(copyInto(home, testData().tissueProject, 'tissue.lacuna'));
  await goTo(page, 'Score');
  await page.getByRole('navigation', { name: 'Ways to compare' }).getByRole('button', { name: 'Benchmark' }).click();
  await expect(page.getByRole('button', { name: /^Compare the methods of space on/ })).toBeVisible();
  await page.getByRole('button', { name: 'Choose datasets, methods and protocols' }).click();

  const form = page.getByRole('form', { name: 'New benchmark' });
  const plan = page.getByRole('complementary', { name: 'Plan' });
  await expect(plan.getByRole('button', { name: /^Start \d+ runs/ })).toBeVisible();
  const methods = form.getByRole('group', { name: 'Methods', exact: true }).getByRole('checkbox', { checked: true });
  for (let left = await methods.count(); left > 1; left--) await methods.first().uncheck();
  await expect(plan).toContainText('Choose at least one method.');
  await form.getByRole('checkbox', { name: /FFN/ }).check();
  await form.getByRole('button', { name: 'Settings of Fourier feature network (FFN), Recommended' }).click();
  for (const field of await page
    .getByRole('dialog')
    .getByRole('spinbutton', { name: /^Epochs/ })
    .all())
    await field.fill('2');
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await form.getByRole('button', { name: '60 %' }).click();
  await form.getByRole('combobox', { name: 'Seeds' }).selectOption({ label: 'these …' });
  await form.getByRole('textbox', { name: 'List of seeds' }).fill('1, zwei');
  await expect(plan).toContainText('Write the seeds as whole numbers');
  await form.getByRole('textbox', { name: 'List of seeds' }).fill('1-2');
  // FFN and two floors, two shares of spots, two seeds; PCA cannot predict a spot.
  await expect(plan.getByRole('button', { name: 'Start 12 runs' })).toBeEnabled();
  await expect(plan).toContainText('cannot predict a spot it has not seen');
  await form.getByRole('button', { name: '60 %' }).click();
  await expect(plan.getByRole('button', { name: 'Start 6 runs' })).toBeEnabled();
  await findsNothing(page, 'the form');
  await plan.getByRole('textbox', { name: 'Name' }).fill('One network');
  await plan.getByRole('button', { name: 'Start 6 runs' }).click();

  // What was stopped goes on where it was left.
  const state = page.getByRole('group', { name: 'Progress of the benchmark' });
  await state.getByRole('button', { name: 'Cancel' }).click();
  await state.getByRole('button', { name: 'Continue' }).click();
  await expect(state).toContainText('6 of 6 runs finished', { timeout: 300_000 });
  await state.getByRole('button', { name: 'Runs' }).click();
  await expect(page.getByRole('table', { name: 'Runs of the benchmark' }).getByRole('row')).toHaveCount(7);

  await state.getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('grid', { name: new RegExp(`^Scores of .*, ${PROTOCOL}`) });
  await expect(table.getByRole('rowheader')).toContainText([/^\s*Fourier feature network/, /^\s*Mean/, /^\s*Mean/]);
  await expect(table.getByRole('columnheader', { name: 'MSE', exact: true })).toBeVisible();
  await expect(table.getByRole('columnheader', { name: 'MAE', exact: true })).toHaveCount(0);
  await expect(table.getByText('±').first()).toBeVisible();
  await page.getByRole('button', { name: 'All figures' }).click();
  await expect(table.getByRole('columnheader', { name: 'MAE', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Copy the table as TSV' }).click();
  await expect(page.getByText('The whole table is on the clipboard as TSV.')).toBeVisible();
  expect((await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n')).toHaveLength(4);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save CSV' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('One network.csv');
  expect(await readFile(await saved.path(), 'utf8')).toContain('mse_sd');
  await findsNothing(page, 'the table');

  await table.getByRole('rowheader').first().click();
  const maps = page.getByRole('group', { name: 'Maps side by side' });
  await expect(maps.getByRole('figure')).toHaveCount(5, { timeout: 30_000 });
  await expect(maps.getByRole('application', { name: /^Truth, 300 points/ })).toBeVisible();
  await expect(maps.getByRole('application', { name: /^Input, 300 points/ })).toBeVisible();
  await expect(maps.getByRole('figure').filter({ hasText: 'FFN' })).toContainText(/r −?\d/);
  await page
    .getByRole('textbox', { name: 'Gene' })
    .or(page.getByRole('combobox', { name: 'Gene' }))
    .fill('no such gene');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No gene is called “no such gene”.')).toBeVisible();
  await page.getByRole('button', { name: 'Mean of all cells', exact: true }).click();
  await expect(maps.getByRole('figure')).toHaveCount(4);
  await findsNothing(page, 'the maps');

  // It is still there when one comes back, until it is removed; its runs stay.
  await goTo(page, 'Learn');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command, gene or run' }).fill('Run a benchmark');
  await page.keyboard.press('Enter');
  await expect(table).toBeVisible();
  await page.getByRole('button', { name: 'Remove this benchmark' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('No benchmark yet')).toBeVisible();
  await expect(page.getByRole('tree', { name: 'Project' }).getByRole('treeitem')).toHaveCount(1 + 1 + 6);
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
