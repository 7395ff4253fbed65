import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo, treeItem } from '../support/steps.ts';

test('story 6: the computer restarts during training; in the morning one click resumes the run', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(180_000);
  const project = copyInto(home, testData().cellsProject, 'liver.lacuna');
  const evening = await open(project);
  await goTo(page, 'Learn');
  await page.getByRole('button', { name: /^Autoencoder/ }).click();
  await page.getByText(/^Advanced \(/).click();
  // Long enough to be cut, short enough to be finished after.
  await page.getByLabel('Epochs', { exact: true }).fill('400');
  await page.getByLabel('Patience').fill('0');
  await page.getByRole('button', { name: 'Start the run' }).click();
  const jobs = page.getByRole('contentinfo', { name: 'Jobs' });
  await expect(jobs).toContainText(/epoch \d{2,}\/400/, { timeout: 40_000 });
  await evening.kill();
  await expect(page.getByText('The connection to the core was lost. Trying again')).toBeVisible();

  await open(project);
  const line = treeItem(page, /^Autoencoder.*, interrupted/);
  await expect(line).toBeVisible();
  await line.hover();
  await line.getByRole('button', { name: /^Resume/ }).click();
  await expect(line).toHaveCount(0);
  await expect(jobs).toContainText(/: done/, { timeout: 90_000 });
  await expect(treeItem(page, /interrupted|failed/)).toHaveCount(0);
});
