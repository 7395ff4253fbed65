import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo, treeItem } from '../support/steps.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];

test('markers are found of a group and of a lasso, ranked, looked at and saved', async ({ page, home, open }) => {
  test.setTimeout(180_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Explore');
  const picture = page.getByRole('application', { name: /^Picture 1, 300 points, coloured by cell_type/ });
  await expect(picture).toBeVisible({ timeout: 60_000 });
  const legend = page.getByRole('region', { name: 'Legend' });
  await legend.getByRole('button', { name: 'Markers' }).click();
  const panel = page.getByRole('region', { name: 'Markers' });
  const table = panel.getByRole('grid', { name: 'Marker genes' });
  await expect(table).toBeVisible({ timeout: 60_000 });
  await expect(table.getByRole('columnheader', { name: 'AUC' })).toHaveAttribute('aria-sort', 'descending');
  await expect(panel.getByRole('img', { name: /^Violins of the markers of Type/ })).toBeVisible();
  await findsNothing(page, 'markers');

  // A gene colours the pictures, from the keys too.
  const row = table.getByRole('row').nth(1);
  const gene = (await row.getByRole('rowheader').textContent()) ?? '';
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Colour by' })).toHaveValue(gene);
  await table.getByRole('columnheader', { name: 'Gene' }).getByRole('button').click();
  await expect(table.getByRole('columnheader', { name: 'Gene' })).toHaveAttribute('aria-sort', 'ascending');
  await panel.getByRole('combobox', { name: 'Group whose markers are looked for' }).selectOption({ label: 'Type 3' });
  await panel.getByRole('combobox', { name: 'Compared with' }).selectOption({ label: 'Type 2' });
  await expect(panel.getByRole('img', { name: /^Violins of the markers of Type 3/ })).toBeVisible({ timeout: 60_000 });

  const coming = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'CSV', exact: true }).click();
  const lines = (await readFile(await (await coming).path(), 'utf8')).trim().split('\n');
  expect(lines[0]).toContain('gene,gene_id,source,group,against,mean');
  expect(lines[1]).toContain(',Type 3,Type 2,');
  await panel.getByRole('button', { name: 'Dot plot' }).click();
  await expect(panel.getByRole('img', { name: /^Dots of the markers of Type 3/ })).toBeVisible();
  await panel.getByRole('button', { name: /^Save: / }).click();
  const svgComing = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^SVG/ }).click();
  expect(await readFile(await (await svgComing).path(), 'utf8')).toMatch(/<text[^>]*>Type 1<\/text>/);

  // Of what a lasso holds, against everything else.
  await panel.getByRole('button', { name: 'Close the markers' }).click();
  await lasso(page, 0.5);
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Find markers' }).click();
  await expect(
    panel.getByRole('img', { name: /^Dots of the markers of selection|^Violins of the markers of selection/ }),
  ).toBeVisible({
    timeout: 60_000,
  });
});

test('groups are renamed, merged, coloured and assigned; each step is taken back and done again', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(180_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Explore');
  const legend = page.getByRole('region', { name: 'Legend' });
  await expect(page.getByRole('application', { name: /^Picture 1, 300 points/ })).toBeVisible({ timeout: 60_000 });
  const before = await legend.getByRole('listitem').count();
  await legend.getByRole('button', { name: 'Annotate' }).click();
  const panel = page.getByRole('region', { name: 'Annotate' });
  await findsNothing(page, 'annotate');
  await panel.getByLabel('Kept as a new annotation').fill('mine');
  await panel.getByLabel('Merge Type 1').check();
  await panel.getByLabel('Merge Type 2').check();
  await panel.getByLabel('Merge 2 groups to').fill('T cells');
  await panel.getByRole('button', { name: 'Merge 2 groups' }).click();
  const colour = page.getByRole('combobox', { name: 'Colour by' });
  await expect(colour).toHaveValue('mine');
  await expect(panel.getByLabel('Name of T cells')).toBeVisible();
  await expect(panel.getByLabel('Name of Type 1')).toHaveCount(0);
  await expect(panel.getByText('mine, from cell_type')).toBeVisible();

  await panel.getByLabel('Name of Type 3').fill('B cells');
  await page.keyboard.press('Enter');
  await expect(panel.getByLabel('Name of B cells')).toBeVisible();
  await panel.getByLabel('Colour of B cells').fill('#12ab34');
  await expect(panel.getByLabel('Colour of B cells')).toHaveValue('#12ab34');
  await panel.getByRole('button', { name: 'Done' }).click();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: Colour B cells')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(legend.getByRole('button', { name: /^Type 3/ })).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(legend.getByRole('button', { name: /^B cells/ })).toBeVisible();

  await lasso(page, 0.99);
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Assign to a group …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Group').fill('islet');
  await findsNothing(page, 'assign');
  await dialog.getByRole('button', { name: /^Assign 300 cells/ }).click();
  await expect(legend.getByRole('button', { name: /^islet/ })).toBeVisible();
  await expect(legend.getByRole('listitem')).toHaveCount(1);
  for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z');
  // The first change is taken back: the annotation is gone, what it was made of is as it was.
  await expect(colour).toHaveValue('cell_type');
  await expect(legend.getByRole('listitem')).toHaveCount(before);
  await page.keyboard.press('Control+Shift+z');
  await expect(colour).toHaveValue('mine');
  await colour.click();
  await expect(page.getByRole('option', { name: /^mine/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await goTo(page, 'Score');
  await page.getByRole('button', { name: 'Choose runs, labels and spaces' }).click();
  await expect(page.getByRole('main')).toContainText('mine');
});

test('runs are marked in the tree and compared: settings, losses, pictures, clusters and what flows between', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(240_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await treeItem(page, /^Principal components/).click();
  await treeItem(page, /^Autoencoder/).click({ modifiers: ['Control'] });
  await page.getByRole('button', { name: 'Compare 2 runs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible();
  const settings = page.getByRole('region', { name: 'Settings' });
  await expect(settings.getByRole('rowheader', { name: 'Method', exact: true })).toBeVisible();
  await expect(settings.getByRole('rowheader', { name: 'Dataset' })).toHaveCount(0);
  await page.getByRole('checkbox', { name: /^Show all/ }).check();
  await expect(settings.getByRole('rowheader', { name: 'Dataset' })).toBeVisible();
  await findsNothing(page, 'settings');

  const tab = page.getByRole('tab', { name: 'Settings' });
  await tab.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Losses' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('img', { name: /^Loss .* by epoch/ })).toBeVisible();
  await page.getByRole('button', { name: 'Log axis' }).click();
  await page.getByRole('button', { name: /^Save: Loss/ }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^CSV/ }).click();
  const csv = await readFile(await (await coming).path(), 'utf8');
  expect(csv.split('\r\n')[0]).toMatch(/^epoch,Autoencoder/);
  expect(csv.trim().split('\r\n')).toHaveLength(9);

  await page.getByRole('tab', { name: 'Scores' }).click();
  await expect(page.getByText('None of these runs is scored yet.')).toBeVisible();

  await page.getByRole('tab', { name: 'Pictures' }).click();
  await page.getByLabel('Picture of every run').selectOption({ label: 'PCA' });
  const pictures = page.getByRole('application', { name: /^Picture [12], 300 points/ });
  await expect(pictures).toHaveCount(2, { timeout: 90_000 });
  await lasso(page, 0.99);
  await expect(page.getByRole('region', { name: 'Selection' }).getByRole('heading')).toHaveText('300 cells selected');
  await findsNothing(page, 'pictures');

  await page.getByRole('tab', { name: 'Clusters' }).click();
  await page.getByRole('button', { name: 'Find Leiden clusters' }).click();
  await expect(page.getByRole('img', { name: /^Flows from Principal components/ })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('region', { name: /^From Principal components/ })).toBeVisible();
  await expect(page.getByRole('region', { name: /^Clusters of Autoencoder.* against cell_type/ })).toContainText(
    'Type 1',
  );
  await page.getByLabel('Groups at the right').selectOption({ label: 'cell_type' });
  await page.getByRole('button', { name: 'Save: Flows between clusters' }).click();
  const svgComing = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^SVG/ }).click();
  expect(await readFile(await (await svgComing).path(), 'utf8')).toMatch(/<text[^>]*>Type 1 \(\d+\)<\/text>/);
  await findsNothing(page, 'clusters');

  // Also from the menu of a run.
  const floor = treeItem(page, /^Train mean|^Mean/).first();
  await floor.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Compare' }).click();
  await expect(
    page.getByRole('list', { name: 'Compared runs' }).getByRole('listitem').filter({ hasNotText: 'Add' }),
  ).toHaveCount(3);
});

/** Draws a lasso around a share of the first picture, from its upper left corner. */
async function lasso(page: Page, share: number): Promise<void> {
  await page.getByRole('button', { name: 'Select with a lasso' }).click();
  const box = await page.getByRole('application').first().boundingBox();
  if (box === null) throw new Error('There is no picture on the screen.');
  const corners = [
    [0.01, 0.01],
    [share, 0.01],
    [share, 0.99],
    [0.01, 0.99],
    [0.01, 0.02],
  ].map(([x, y]) => [box.x + x * box.width, box.y + y * box.height]);
  await page.mouse.move(corners[0][0], corners[0][1]);
  await page.mouse.down();
  for (const [x, y] of corners) await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.up();
}

/** In both sizes nothing scrolls sideways; axe finds nothing serious. */
async function findsNothing(page: Page, what: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(wide, `${what} at ${size.width} pixels scrolls sideways`).toBe(false);
  }
  await page.setViewportSize(SIZES[0]);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
    expect.soft(serious, `${what}, ${colorScheme}`).toEqual([]);
  }
}
