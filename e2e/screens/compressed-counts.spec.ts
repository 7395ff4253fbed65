import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeMatrix } from '../../main/codec/open-content.ts';
import { readLcz } from '../../main/codec/container/lcz-file.ts';
import { expect, test } from '../support/test.ts';
import { goTo } from '../support/steps.ts';
import { copyInto, testData } from '../support/test-data.ts';

test('the counts of a dataset are exported in a fraction of the space', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Export');
  await page.getByRole('radio', { name: /^Raw counts/ }).check();
  await expect(page.getByRole('main')).toContainText('nothing is lost');
  await expect(page.getByRole('radio', { name: /^Genes and library sizes/ })).toBeChecked();
  await page.getByLabel('File name').fill('small.lcz');
  await page.getByRole('button', { name: 'Save to folder' }).click();
  const exported = page.getByRole('region', { name: 'Exported' });
  await expect(exported.locator('code')).toContainText('small.lcz', { timeout: 60_000 });
  await expect(exported).toContainText(/zstd -19/);
  const path = (await exported.locator('code').first().textContent()) ?? '';
  expect(path.startsWith(join(home, ''))).toBe(true);
  expect((await readFile(path)).subarray(1, 4).toString('latin1')).toBe('LCZ');
  const content = await readLcz(path);
  // The checksum of the matrix is compared while it is decoded.
  expect((await decodeMatrix(content)).nObs).toBe(300);
});
