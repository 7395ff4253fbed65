import { copyFile, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo, stepButton, treeItem } from '../support/steps.ts';

test('story 7: the closed project is one file that opens on another computer', async ({ page, home, open }) => {
  const lab = join(home, 'lab');
  const laptop = join(home, 'laptop');
  const stick = join(home, 'stick');
  for (const folder of [lab, laptop, stick]) await mkdir(folder);
  const project = copyInto(lab, testData().cellsProject, 'liver.lacuna');

  const atWork = await open(project, lab);
  await goTo(page, 'Explore');
  await expect(page.getByRole('application', { name: /^Picture 1, 300 points/ })).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command, gene or run' }).fill('Close the project');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Cells .*liver\.lacuna/ })).toBeVisible();
  // One file: nothing beside it that would have to come along.
  expect((await readdir(lab)).filter((name) => name.startsWith('liver'))).toEqual(['liver.lacuna']);
  await page.goto('about:blank');
  await atWork.close();
  await copyFile(project, join(stick, 'liver.lacuna'));
  // At home the computer of the lab is out of reach.
  await rename(lab, join(home, 'far-away'));

  await open(undefined, laptop);
  await expect(page.getByText('None yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Open a project …' }).click();
  const picker = page.getByRole('dialog', { name: 'Open a project' });
  await picker.getByLabel('Path').fill(join(stick, 'liver.lacuna'));
  await picker.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(treeItem(page, /^Principal components.*, done/)).toBeVisible();
  await expect(stepButton(page, 'Explore')).toHaveAttribute('aria-current', 'step');
  // The picture came along; it is not computed anew.
  await expect(page.getByRole('application', { name: /^Picture 1, 300 points/ })).toBeVisible();
  await expect(page.getByRole('contentinfo', { name: 'Jobs' })).toContainText('No job is running.');
});
