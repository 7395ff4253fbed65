import { readFile } from 'node:fs/promises';
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

test('clusters are found in a space of choice, and a picture is saved as SVG and PNG', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Explore');
  await expect(page.getByRole('heading', { level: 1, name: 'Explore' })).toBeAttached();
  await expect(page.getByRole('application', { name: /^Picture 1, 300 points/ })).toBeVisible({ timeout: 60_000 });
  const picker = page.getByRole('combobox', { name: 'Colour by' });
  await picker.click();
  await page.getByRole('option', { name: /k-means clusters/ }).click();
  const settings = page.getByRole('form', { name: 'Clusters' });
  await settings.getByLabel('Space that clusters are found in').selectOption({ label: 'UMAP 2-D' });
  await settings.getByRole('spinbutton', { name: 'Clusters' }).fill('5');
  await settings.getByRole('button', { name: 'Apply' }).click();
  const legend = page.getByRole('region', { name: 'Legend' });
  await expect(legend.getByRole('heading', { name: 'k-means clusters, UMAP 2-D' })).toBeVisible({ timeout: 60_000 });
  await expect(legend.getByRole('listitem')).toHaveCount(5);
  await expect(picker).toHaveValue('k-means clusters, UMAP 2-D');

  const save = async (format: string): Promise<Buffer> => {
    await page.getByRole('button', { name: 'Save this picture' }).first().click();
    const coming = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: format }).click();
    return readFile(await (await coming).path());
  };
  const svg = (await save('SVG, words')).toString('utf8');
  for (const words of ['UMAP 1', 'UMAP 2', '5']) expect(svg).toMatch(new RegExp(`<text[^>]*>${words}</text>`));
  expect(svg).toContain('<image ');
  const png = await save('PNG, 150 dpi');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  expect(Math.abs(png.readUInt32BE(16) - (width / 96) * 150)).toBeLessThan(3);
});

test('a tissue has a scale bar, and its scale can be stated by hand', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().tissueProject, 'tissue.lacuna'));
  await goTo(page, 'Explore');
  const bar = page.getByRole('region', { name: 'Picture 2' }).locator('svg text');
  await expect(bar).toHaveText(/^\d+ (µm|mm)$/, { timeout: 60_000 });
  const before = (await bar.textContent()) ?? '';
  const scale = page.getByRole('region', { name: 'Scale' });
  await expect(scale).toContainText('One unit is 1 µm');
  await scale.getByRole('button', { name: 'Change' }).click();
  await scale.getByLabel('One unit is').fill('0.001');
  await scale.getByRole('button', { name: 'Set' }).click();
  await expect(scale).toContainText('One unit is 0.001 µm');
  await expect(bar).not.toHaveText(before);
  await page.keyboard.press('Control+z');
  await expect(bar).toHaveText(before);
});

test('the picture in the list of projects is not blank', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  const stored = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().includes('thumbnail'),
    { timeout: 60_000 },
  );
  await goTo(page, 'Explore');
  const colours = await page.evaluate(
    async (address) => {
      const bitmap = await createImageBitmap(await (await fetch(address)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return new Set(new Uint32Array(data.buffer)).size;
    },
    (await stored).url(),
  );
  expect(colours).toBeGreaterThan(4);
});
