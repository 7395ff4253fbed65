import { statSync } from 'node:fs';
import { dropFiles } from '../support/drop-files.ts';
import { expect, test } from '../support/test.ts';
import { testData } from '../support/test-data.ts';

test('a dropped file says how far it has come while it is taken in, and can be stopped', async ({ page, open }) => {
  test.skip(process.env.LACUNA_E2E_HOST === 'electron', 'There a dropped file is read where it lies.');
  await open();
  const { cellsH5 } = testData();
  // As slow as a large file: a few seconds for this one.
  const network = await page.context().newCDPSession(page);
  const limit = (uploadThroughput: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await network.send('Network.enable');
  await limit(statSync(cellsH5).size / 8);
  const taking = page.getByRole('status', { name: 'Taking in files' });
  const bar = taking.getByRole('progressbar');
  const percent = async () => Number(await bar.getAttribute('aria-valuenow', { timeout: 1_000 }).catch(() => null));
  await dropFiles(page, [cellsH5]);
  await expect(taking).toContainText('Taking in cells.h5');
  await expect(taking).toContainText(/[\d.]+ k?B of [\d.]+ kB/);
  await expect.poll(percent, { intervals: [50] }).toBeGreaterThan(0);
  const before = await percent();
  expect(before).toBeLessThan(100);
  await expect.poll(percent, { intervals: [50] }).toBeGreaterThan(before);
  await taking.getByRole('button', { name: 'Cancel' }).click();
  await expect(taking).toHaveCount(0);
  await expect(page.getByText('None yet.')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);

  await limit(-1);
  await dropFiles(page, [cellsH5]);
  await expect(page.getByRole('article', { name: 'cells.h5' }).getByRole('heading', { name: 'Found' })).toBeVisible();
  await expect(taking).toHaveCount(0);
});
