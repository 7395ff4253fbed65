import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

async function openReport(page: Page): Promise<void> {
  await goTo(page, 'Export');
  await page.getByRole('radio', { name: /^Report/ }).check();
  await page.getByRole('radio', { name: /^The whole project/ }).check();
}

test('the report of a project is read, narrowed to some runs, and saved as one page that needs no network', async ({
  page,
  home,
  open,
  context,
}) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await openReport(page);
  const report = page.getByRole('region', { name: 'The report', exact: true });
  await expect(report.getByRole('heading', { name: 'Cells', level: 1 })).toBeVisible({ timeout: 60_000 });
  await expect(report.getByRole('img', { name: /Counts per cell/ })).toBeVisible();
  await expect(report.getByRole('table', { name: 'Settings' }).first()).toBeVisible();
  expect((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()).violations).toEqual([]);

  await page.getByRole('checkbox', { name: /^Mean of all cells/ }).uncheck();
  await expect(report.getByRole('heading', { name: /^Mean of all cells/ })).toHaveCount(0, { timeout: 60_000 });
  await page.getByLabel('File name').fill('for reviewer 2');
  await page.getByRole('button', { name: 'Save to folder' }).click();
  const code = page.getByRole('region', { name: 'Exported' }).locator('code').first();
  await expect(code).toContainText('for reviewer 2.html', { timeout: 60_000 });
  const path = (await code.textContent()) ?? '';
  expect(await readFile(path, 'utf8')).not.toContain('Mean of all cells');

  const alone = await context.newPage();
  const asked: string[] = [];
  alone.on('request', (request) => asked.push(request.url()));
  await alone.goto(`file://${path}`);
  await expect(alone.getByRole('navigation', { name: 'Contents' })).toBeVisible();
  expect(asked.filter((address) => !/^(file|data):/.test(address))).toEqual([]);
  expect((await new AxeBuilder({ page: alone }).withTags(['wcag2a', 'wcag2aa']).analyze()).violations).toEqual([]);
  await alone.close();
});

test('printing prints the report alone, on as many pages as it needs', async ({ page, home, open }) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().tissueProject, 'tissue.lacuna'));
  await openReport(page);
  const print = page.getByRole('button', { name: 'Print or save as PDF …' });
  await expect(print).toBeEnabled({ timeout: 60_000 });
  // The dialog of the system would wait for a person.
  await page.evaluate(() => (window.print = () => undefined));
  await print.click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.print-sheet').getByRole('heading', { level: 1, name: 'Tissue' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Steps' })).toBeHidden();
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0).toBeGreaterThan(2);
  // A4 in points.
  expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);

  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(page.locator('.print-sheet')).toHaveCount(0);
  await expect(print).toBeVisible();
});
