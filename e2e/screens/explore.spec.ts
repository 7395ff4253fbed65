import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

test('cells are coloured by a gene, counted with a lasso, filtered by the legend, seen as measured and denoised', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Explore');
  const picture = page.getByRole('application', { name: /^Picture 1, 300 points, coloured by cell_type/ });
  await expect(picture).toBeVisible({ timeout: 60_000 });

  const legend = page.getByRole('region', { name: 'Legend' });
  const type = legend.getByRole('button', { name: /^Type 1/ });
  await type.click();
  await expect(type).toHaveAttribute('aria-pressed', 'false');
  await legend.getByRole('button', { name: 'All', exact: true }).click();
  await expect(type).toHaveAttribute('aria-pressed', 'true');

  await page.getByRole('button', { name: 'Select with a lasso' }).click();
  const box = await picture.boundingBox();
  if (box === null) throw new Error('The picture is not on the screen.');
  const corners = [
    [0.01, 0.01],
    [0.99, 0.01],
    [0.99, 0.99],
    [0.01, 0.99],
    [0.01, 0.02],
  ].map(([x, y]) => [box.x + x * box.width, box.y + y * box.height]);
  await page.mouse.move(corners[0][0], corners[0][1]);
  await page.mouse.down();
  for (const [x, y] of corners) await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.up();
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection.getByRole('heading')).toHaveText('300 cells selected');
  await selection.getByRole('button', { name: 'Invert' }).click();
  await expect(selection.getByRole('heading')).toHaveText('Selection');

  const picker = page.getByRole('combobox', { name: 'Colour by' });
  await picker.click();
  const choices = page.getByRole('listbox', { name: 'What to colour by' }).getByRole('option');
  await expect(choices.nth(12)).toBeVisible();
  const gene = (await choices.nth(12).locator('.label').textContent()) ?? '';
  await picker.fill(gene);
  await choices.filter({ hasText: gene }).last().click();
  await expect(picker).toHaveValue(gene);
  const values = (picture: number) => page.getByRole('combobox', { name: `Picture ${picture}: values` });
  await values(1).selectOption({ label: 'denoised' });
  await page.getByRole('button', { name: 'Observed | denoised' }).click();
  await expect(page.getByRole('application', { name: /^Picture [12], 300 points, coloured by/ })).toHaveCount(2);
  await expect(values(1).locator('option:checked')).toHaveText('observed');
  await expect(values(2).locator('option:checked')).toHaveText('denoised');
});
