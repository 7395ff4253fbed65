import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

test('a gene as observed, denoised and lost stand side by side; the genes of the run are listed', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(180_000);
  await open(copyInto(home, testData().citeProject, 'counts.lacuna'));
  await goTo(page, 'Learn');
  await page.getByRole('button', { name: /^ZiPo/ }).click();
  const settings = page.getByRole('complementary', { name: 'Settings of the run' });
  await settings.getByRole('radio', { name: /^As in the paper/ }).check();
  await settings.getByLabel('Encoder layers').fill('32-8');
  await settings
    .getByRole('group', { name: 'Known covariates' })
    .getByRole('checkbox', { name: /^batch/ })
    .check();
  await settings.getByText(/^Advanced \(/).click();
  await settings.getByLabel('Epochs', { exact: true }).fill('6');
  await settings.getByRole('button', { name: 'Start the run' }).click();
  const run = page.getByRole('article').filter({ has: page.getByRole('heading', { name: /^ZiPo/ }) });
  await expect(run.getByRole('button', { name: 'Explore' })).toBeVisible({ timeout: 90_000 });

  await run.getByText('Genes that feed the latent').click();
  const genes = run.getByRole('region', { name: 'Table of genes' });
  await expect(genes.getByRole('columnheader', { name: 'Weight' })).toHaveAttribute('aria-sort', 'descending');
  const first = await genes.getByRole('row').nth(1).getByRole('button').textContent();
  await genes.getByRole('button', { name: 'Weight' }).click();
  await expect(genes.getByRole('columnheader', { name: 'Weight' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(genes.getByRole('row').nth(1).getByRole('button')).not.toHaveText(first!);
  await run.getByRole('searchbox', { name: 'Find a gene' }).fill(first!);
  await genes.getByRole('button', { name: first!, exact: true }).click();

  // The gene is shown in Explore, of this run.
  await expect(page.getByRole('combobox', { name: 'Colour by' })).toHaveValue(first!);
  await page.getByRole('button', { name: 'Observed | denoised | dropout' }).click({ timeout: 60_000 });
  await expect(page.getByRole('application', { name: /^Picture [123], 300 points, coloured by/ })).toHaveCount(3, {
    timeout: 60_000,
  });
  const values = (picture: number) => page.getByRole('combobox', { name: `Picture ${picture}: values` });
  for (const [i, words] of ['observed', 'denoised', 'dropout'].entries())
    await expect(values(i + 1).locator('option:checked')).toHaveText(words);
  await values(3).selectOption({ label: 'zero lost?' });
  await values(2).selectOption({ label: 'corrected' });
  for (const picture of [2, 3]) {
    const pane = page.getByRole('region', { name: `Picture ${picture}`, exact: true });
    await expect(pane.getByRole('status')).toHaveCount(0);
  }
  await expect(page.getByText('zeros: probability of a dropout').last()).toBeVisible();
});
