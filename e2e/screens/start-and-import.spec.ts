import { readdirSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dropFiles } from '../support/drop-files.ts';
import { expect, test } from '../support/test.ts';
import { testData } from '../support/test-data.ts';
import { pickPath, stepButton, treeItem } from '../support/steps.ts';

test('a dropped 10x file and its table of labels are looked at together, then imported', async ({ page, open }) => {
  await open();
  await expect(page.getByText('None yet.')).toBeVisible();
  const { cellsH5, cellsLabels } = testData();
  await dropFiles(page, [cellsH5, cellsLabels]);

  const card = page.getByRole('article', { name: 'cells.h5' });
  await expect(card.getByRole('definition').filter({ hasText: '300' }).first()).toBeVisible();
  await expect(card.getByText(/Fits 290 of 300\s+cells/)).toBeVisible();
  await card.getByLabel('Name in the project').fill('Pilot');
  await page.getByRole('button', { name: 'Import', exact: true }).last().click();
  await expect(page.getByText('Imported: 300 cells × 200 genes.')).toBeVisible({ timeout: 40_000 });
  await expect(treeItem(page, 'Pilot, 300 cells, 200 genes')).toBeVisible();
  await page.getByRole('button', { name: 'Next: Quality' }).click();
  await expect(stepButton(page, 'Quality')).toHaveAttribute('aria-current', 'step');
});

test('a file that was cut off is refused in words, and a good one beside it is imported', async ({
  page,
  home,
  open,
}) => {
  await copyFile(testData().brokenH5, join(home, 'broken.h5'));
  await open();
  await page.getByRole('button', { name: 'Open a file …' }).click();
  await pickPath(page, join(home, 'broken.h5'));
  const problem = page.getByRole('article', { name: 'broken.h5' }).getByRole('alert');
  await expect(problem).toContainText(/broken\.h5/);
  await expect(problem).toContainText(/copy|cut off|damaged|complete/i);
  await expect(page.getByText('Nothing here can be imported.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import', exact: true }).last()).toBeDisabled();

  await page.getByRole('button', { name: 'Add files …' }).click();
  await pickPath(page, testData().tissueH5ad);
  const card = page.getByRole('article', { name: 'tissue.h5ad' });
  await expect(card.getByRole('heading', { name: 'Found' })).toBeVisible();
  await page.getByRole('button', { name: 'Import', exact: true }).last().click();
  await expect(page.getByText('Imported: 300 spots × 200 genes.')).toBeVisible({ timeout: 40_000 });
});

test('a project that was open before is one click away, and can be taken off the list', async ({
  page,
  home,
  open,
}) => {
  await copyFile(testData().tissueProject, join(home, 'tissue.lacuna'));
  await open();
  await page.getByRole('button', { name: 'Open a project …' }).click();
  await pickPath(page, join(home, 'tissue.lacuna'));
  await expect(treeItem(page, /^tissue, 300 spots/i)).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const recent = page.getByRole('list', { name: 'Recent projects' });
  await expect(recent.getByRole('listitem')).toHaveCount(1);
  await recent.getByRole('button', { name: /^Tissue/ }).click();
  await expect(stepButton(page, 'Explore')).toHaveAttribute('aria-current', 'step');

  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await recent.getByRole('button', { name: 'Menu of Tissue' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
  await expect(page.getByText('None yet.')).toBeVisible();
});

test('a path that is pasted before the folder is listed stays, and cancelling leaves no project behind', async ({
  page,
  home,
  open,
}) => {
  await open();
  let listNow = () => {};
  const mayList = new Promise<void>((resolve) => (listNow = resolve));
  await page.route('**/rpc/files/list', async (route) => {
    await mayList;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Open a file …' }).click();
  const picker = page.getByRole('dialog', { name: 'Open data' });
  await picker.getByLabel('Path').fill(testData().cellsH5);
  listNow();
  await expect(picker.getByRole('navigation', { name: 'Folder' }).getByRole('button').first()).toBeVisible();
  await expect(picker.getByLabel('Path')).toHaveValue(testData().cellsH5);
  await picker.getByRole('button', { name: 'Open', exact: true }).click();

  await expect(page.getByRole('article', { name: 'cells.h5' }).getByRole('heading', { name: 'Found' })).toBeVisible();
  const projects = () => readdirSync(join(home, 'projects')).filter((name) => /\.lacuna/.test(name));
  expect(projects()).not.toEqual([]);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('None yet.')).toBeVisible();
  await expect.poll(projects).toEqual([]);
});
