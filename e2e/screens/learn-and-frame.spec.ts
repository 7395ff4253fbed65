import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo, stepButton, treeItem } from '../support/steps.ts';

test('settings of a method are checked as they are typed; a run shows its loss, is cancelled and goes on', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Learn');
  await page.getByRole('button', { name: /^Autoencoder/ }).click();
  const settings = page.getByRole('complementary', { name: 'Settings of the run' });
  const epochs = settings.getByLabel(/^Epochs/);
  await settings.getByText(/^Advanced \(/).click();
  await epochs.fill('0');
  await expect(epochs).toHaveAttribute('aria-invalid', 'true');
  await expect(settings.getByRole('button', { name: 'Start the run' })).toBeDisabled();
  await epochs.fill('5000');
  await expect(epochs).toHaveAttribute('aria-invalid', 'false');
  await settings.getByLabel(/^Patience/).fill('0');
  await settings.getByRole('button', { name: 'Start the run' }).click();

  const run = page.getByRole('article').filter({ has: page.getByRole('heading', { name: /^Autoencoder/ }) });
  await expect(run).toContainText(/epoch \d+\/5000 · loss/, { timeout: 40_000 });
  await expect(run.getByLabel(/^Loss by epoch/).first()).toBeVisible({ timeout: 30_000 });
  const strip = page.getByRole('contentinfo', { name: 'Jobs' });
  await expect(strip.getByRole('progressbar')).toBeVisible();
  await run.getByRole('button', { name: 'Cancel' }).click();
  await expect(run).toContainText('cancelled');
  await run.getByRole('button', { name: 'Resume' }).click();
  await expect(run).toContainText(/epoch \d+\/5000/, { timeout: 40_000 });
  await strip.getByRole('button', { name: /^Cancel / }).click();
  await expect(run.getByRole('button', { name: 'Resume' })).toBeVisible();
  await strip.getByRole('button', { name: 'Show all jobs' }).click();
  await expect(strip).toContainText('cancelled');
});

test('runs are renamed and deleted in the tree, each taken back by Ctrl-Z or Undo', async ({ page, home, open }) => {
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  const pca = treeItem(page, /^Principal components/);
  await pca.focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: /^Name of Principal/ }).fill('First look');
  await page.keyboard.press('Enter');
  await expect(treeItem(page, 'First look, done')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(pca).toBeVisible();

  await pca.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(pca).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(pca).toBeVisible();
});

test('the palette finds commands, and a gene to colour by', async ({ page, home, open }) => {
  await open(copyInto(home, testData().tissueProject, 'tissue.lacuna'));
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find a command, gene or run' });
  await field.fill('settings');
  await expect(page.getByRole('option', { name: /Go to the settings/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  await goTo(page, 'Explore');
  const picker = page.getByRole('combobox', { name: 'Colour by' });
  await picker.click();
  // After the annotations and clusters come genes, a moment later.
  const choice = page.getByRole('listbox', { name: 'What to colour by' }).getByRole('option').nth(12);
  const gene = (await choice.locator('.label').textContent()) ?? '';
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await field.fill(gene);
  await page.getByRole('option', { name: gene }).first().click();
  await expect(page.getByRole('application', { name: new RegExp(`^Picture 1.*coloured by ${gene}`) })).toBeVisible();
  // The field had the focus before and gets it back, but nobody asked for its list.
  await expect(picker).toBeFocused();
  await expect(picker).toHaveAttribute('aria-expanded', 'false');
});

test('settings are kept for the next launch, and the help lists the keys', async ({ page, home, open }) => {
  const first = await open();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('combobox', { name: 'Threads of a training' }).selectOption('1');
  await page.getByRole('radio', { name: 'The processor (CPU)' }).check();
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('row', { name: /Ctrl Z\s+Undo/ })).toBeVisible();
  await page.goto('about:blank');
  await first.close();

  await open(undefined, home);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('combobox', { name: 'Threads of a training' })).toHaveValue('1');
  await expect(page.getByRole('radio', { name: 'The processor (CPU)' })).toBeChecked();
  await expect(stepButton(page, 'Import')).toHaveCount(0);
  // In the page as it comes, so that it is dark before any script of it runs.
  const loaded = await page.reload();
  expect(await loaded?.text()).toContain('<html data-theme="dark"');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
