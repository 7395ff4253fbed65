import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

test('count models are compared by the likelihood of held-out cells: table, box plots, t-SNE of the latent', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(300_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Score');
  await page.getByRole('navigation', { name: 'Ways to compare' }).getByRole('button', { name: 'Benchmark' }).click();
  await page.getByRole('button', { name: /^Compare count models by likelihood/ }).click();

  // As the paper does it: held-out cells, twelve seeds; here with one small network and two.
  const form = page.getByRole('form', { name: 'New benchmark' });
  await expect(form.getByRole('checkbox', { name: /^Likelihood/ })).toBeChecked();
  await expect(form.getByRole('spinbutton', { name: 'Percent of cells held out' })).toHaveValue('10');
  await expect(form.getByRole('combobox', { name: 'Seeds' })).toHaveValue('12');
  await form.getByRole('checkbox', { name: /^Deep count autoencoder/ }).uncheck();
  const presets = form.getByRole('group', { name: 'Presets of ZiPo' });
  for (const preset of ['As in the paper', 'ZiPo with ZINB'])
    await presets.getByRole('button', { name: preset, exact: true }).click();
  await form.getByRole('button', { name: 'Settings of ZiPo, Recommended' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/^Advanced \(/).click();
  await dialog.getByLabel(/^Encoder layers/).fill('16-8');
  await dialog.getByLabel(/^Epochs/).fill('3');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await form.getByRole('checkbox', { name: /^Floors/ }).uncheck();
  await form.getByRole('combobox', { name: 'Seeds' }).selectOption({ label: 'these …' });
  await form.getByRole('textbox', { name: 'List of seeds' }).fill('1-2');
  await page.getByRole('complementary', { name: 'Plan' }).getByRole('button', { name: 'Start 2 runs' }).click();

  const state = page.getByRole('group', { name: 'Progress of the benchmark' });
  await expect(state).toContainText('2 of 2 runs finished', { timeout: 240_000 });
  const table = page.getByRole('grid', { name: /^Scores of .*, likelihood, 10 % of cells held out/ });
  for (const metric of ['NLL', 'MSE of rates', 'Mean zero probability', 'Weight sparsity', 'Epochs'])
    await expect(table.getByRole('columnheader', { name: metric, exact: true })).toBeVisible();
  await expect(table.getByText('±').first()).toBeVisible();

  await state.getByRole('button', { name: 'Box plots' }).click();
  await expect(page.getByRole('img', { name: /^NLL by method and seed/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'NLL by method and seed' }).getByRole('row')).toHaveCount(2);
  expect((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()).violations).toEqual([]);

  await state.getByRole('button', { name: 't-SNE' }).click();
  await page.getByRole('button', { name: 'Make the missing picture' }).click();
  await expect(page.getByRole('img', { name: 't-SNE of the latent of ZiPo, coloured by cell_type' })).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.getByRole('list', { name: 'Colours of cell_type' }).getByRole('listitem')).toHaveCount(4);
  expect((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()).violations).toEqual([]);
});
