import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo, treeItem } from '../support/steps.ts';

test('a search is set up, goes on where it was stopped, shows what mattered and leaves a preset', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(240_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Learn');
  await page.getByRole('button', { name: /^Variational autoencoder/ }).click();
  await page.getByRole('button', { name: 'Search for good settings' }).click();

  const form = page.getByRole('form', { name: 'New search' });
  const plan = page.getByRole('complementary', { name: 'Plan' });
  await expect(form.getByRole('combobox', { name: 'Method' })).toHaveValue('vae');
  await expect(plan.getByRole('button', { name: 'Start 20 trials' })).toBeEnabled();
  await expect(plan).toContainText('by the median rule');
  for (const name of ['Hidden layers', 'Input dropout', 'Learning rate'])
    await form.getByRole('checkbox', { name, exact: true }).uncheck();
  await form.getByRole('spinbutton', { name: 'Epochs of all trials' }).fill('3');
  await form.getByRole('spinbutton', { name: 'Latent dimensions, to' }).fill('1');
  await expect(plan).toContainText('Latent dimensions: The lower end must lie below the upper one.');
  await form.getByRole('spinbutton', { name: 'Latent dimensions, to' }).fill('8');
  await form.getByRole('combobox', { name: 'Hopeless trials' }).selectOption({ label: 'stop by successive halving' });
  await form.getByRole('spinbutton', { name: 'first after epochs' }).fill('1');
  await form.getByRole('spinbutton', { name: 'Trials', exact: true }).fill('9');
  await expect(plan).toContainText('2 searched');
  await findsNothing(page, 'the form');
  await plan.getByRole('textbox', { name: 'Name' }).fill('Small autoencoders');
  await plan.getByRole('button', { name: 'Start 9 trials' }).click();

  // What was stopped goes on where it was left.
  const state = page.getByRole('group', { name: 'Progress of the search' });
  await state.getByRole('button', { name: 'Cancel' }).click();
  await state.getByRole('button', { name: 'Continue' }).click();
  await expect(state).toContainText('9 of 9 trials are over', { timeout: 180_000 });
  await expect(page.getByRole('img', { name: /^History of the search\. The best goes from/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Settings of the trials, as parallel coordinates/ })).toBeVisible();
  await findsNothing(page, 'the charts');

  await state.getByRole('button', { name: 'Trials' }).click();
  const table = page.getByRole('table', { name: 'Trials' });
  await expect(table.getByRole('rowheader')).toHaveCount(9);
  await table.getByRole('button', { name: 'Value' }).click();
  await expect(table.getByRole('columnheader', { name: 'Value' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(table.getByRole('rowheader').first().getByLabel('the best')).toBeVisible();
  await expect(table.getByRole('cell', { name: /^Stopped after epoch \d+: its held-out loss/ }).first()).toBeVisible();
  const download = page.waitForEvent('download');
  await state.getByRole('button', { name: 'Save CSV' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('Small autoencoders.csv');
  expect((await readFile(await saved.path(), 'utf8')).trim().split('\n')).toHaveLength(10);
  await findsNothing(page, 'the trials');

  // Its runs are one line of the tree, which opens.
  const line = treeItem(page, /^Search: Small autoencoders, 9 runs/);
  await expect(line).toBeVisible();
  await expect(treeItem(page, /trial \d/)).toHaveCount(0);
  await line.focus();
  await page.keyboard.press('ArrowRight');
  await expect(treeItem(page, /trial \d/)).toHaveCount(9);
  await page.keyboard.press('ArrowLeft');
  await table
    .getByRole('button', { name: /^Open run of trial/ })
    .first()
    .click();
  await expect(
    page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /Explore/ }),
  ).toHaveAttribute('aria-current', 'step');
  await line.click();

  await page.getByRole('button', { name: 'Save best as preset' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Small and good');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Use it in Learn' }).click();
  const preset = page.getByRole('radio', { name: /^Small and good, saved in this project/ });
  await expect(preset).toBeChecked();
  await page.getByRole('button', { name: 'Remove the preset Small and good' }).click();
  await expect(preset).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command, gene or run' }).fill('Search for good');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove this search' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove it and its runs' }).click();
  await expect(page.getByText('No search yet')).toBeVisible();
  await expect(line).toHaveCount(0);
  await expect(treeItem(page, /trial \d/)).toHaveCount(0);
});

/** axe, in both themes. */
async function findsNothing(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours move to the other theme within 150 ms.
    await page.waitForTimeout(300);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
    expect.soft(serious, `${where}, ${colorScheme}`).toEqual([]);
  }
}
