import { expect, test, type Page } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo, treeItem } from '../support/steps.ts';

const EPOCHS = 3500;
/** A checkpoint is stored every five seconds where that is cheap, as it is with so few cells. */
const UNTIL_CHECKPOINT = 7_000;

test('story 6: the computer restarts during training; in the morning one click resumes the run', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(300_000);
  const project = copyInto(home, testData().cellsProject, 'liver.lacuna');
  const evening = await open(project);
  await goTo(page, 'Learn');
  await page.getByRole('button', { name: /^Autoencoder/ }).click();
  await page.getByText(/^Advanced \(/).click();
  // Long enough to be cut, short enough to be finished after.
  await page.getByLabel('Epochs', { exact: true }).fill(String(EPOCHS));
  await page.getByLabel('Patience').fill('0');
  await page.getByRole('button', { name: 'Start the run' }).click();
  const jobs = page.getByRole('contentinfo', { name: 'Jobs' });
  await expect(jobs).toContainText(/epoch \d+\//, { timeout: 40_000 });
  const seen = await epochsSeen(page);
  // So many that a training which begins anew is told from one that goes on.
  await expect.poll(async () => (await seen()).at(-1), { timeout: 40_000 }).toBeGreaterThan(100);
  const early = (await seen()).at(-1)!;
  await page.waitForTimeout(UNTIL_CHECKPOINT);
  await evening.kill();
  const late = (await seen()).at(-1)!;
  expect(late, 'the training was cut, not finished').toBeLessThan(EPOCHS);
  await expect(page.getByText('The connection to the core was lost. Trying again')).toBeVisible();

  await open(project);
  const line = treeItem(page, /^Autoencoder.*, interrupted/);
  await expect(line).toBeVisible();
  const seenAfter = await epochsSeen(page);
  await line.hover();
  await line.getByRole('button', { name: /^Resume/ }).click();
  await expect(line).toHaveCount(0);
  await expect(jobs).toContainText(/epoch \d+\//, { timeout: 40_000 });
  await expect(jobs).toContainText(/: done/, { timeout: 180_000 });
  // It went on from the checkpoint: nothing of what came before that was trained again.
  const epochs = await seenAfter();
  expect(Math.min(...epochs)).toBeGreaterThan(early);
  expect(Math.max(...epochs)).toBeLessThanOrEqual(EPOCHS);
  await expect(treeItem(page, /interrupted|failed/)).toHaveCount(0);
});

/** Notes every epoch that the strip of jobs names from now on. */
async function epochsSeen(page: Page): Promise<() => Promise<number[]>> {
  const seen = await page.evaluateHandle(() => {
    const epochs: number[] = [];
    const look = (): void => {
      const epoch = /epoch ([\d,]+)\//.exec(document.querySelector('footer')?.textContent ?? '')?.[1];
      if (epoch !== undefined) epochs.push(Number(epoch.replace(',', '')));
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    return epochs;
  });
  return () => seen.jsonValue();
}
