import { expect, test, type Page } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo, treeItem } from '../support/steps.ts';

/** As many as there may be: more than are trained while this spec lasts. */
const EPOCHS = 10_000;
/** The first checkpoint is stored after five seconds of training. */
const UNTIL_CHECKPOINT = 9_000;

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
  await page.getByLabel('Epochs', { exact: true }).fill(String(EPOCHS));
  await page.getByLabel('Patience').fill('0');
  await page.getByRole('button', { name: 'Start the run' }).click();
  const jobs = page.getByRole('contentinfo', { name: 'Jobs' });
  await expect(jobs).toContainText(/epoch \d+\//, { timeout: 40_000 });
  const seen = await epochsSeen(page);
  // Before the first checkpoint: a training that began anew would come by here again.
  await page.waitForTimeout(2_000);
  const early = (await seen()).at(-1)!;
  expect(early).toBeGreaterThan(1);
  await page.waitForTimeout(UNTIL_CHECKPOINT - 2_000);
  await evening.kill();
  const late = (await seen()).at(-1)!;
  await expect(page.getByText('The connection to the core was lost. Trying again')).toBeVisible();

  await open(project);
  const line = treeItem(page, /^Autoencoder.*, interrupted/);
  await expect(line).toBeVisible();
  const seenAfter = await epochsSeen(page);
  await line.hover();
  await line.getByRole('button', { name: /^Resume/ }).click();
  await expect(line).toHaveCount(0);
  // It goes on from the checkpoint, past where it was cut.
  await expect.poll(async () => Math.max(0, ...(await seenAfter())), { timeout: 90_000 }).toBeGreaterThan(late);
  expect(Math.min(...(await seenAfter()))).toBeGreaterThan(early);
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
