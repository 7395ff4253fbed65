import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REAL = join(process.env.LACUNA_DATA ?? join(ROOT, '..', 'shared', 'data'), 'visium', 'seurat_visium');

/** A project with one dataset, made by the terminal. */
function imported(path: string, home: string): string {
  const project = join(home, 'section.lacuna');
  const cli = join(ROOT, 'main', 'cli', 'main.ts');
  execFileSync(process.execPath, [cli, 'import', path, '--project', project, '--quiet'], { stdio: 'pipe' });
  return project;
}

/** Drags a lasso around the left part of a picture. */
async function lassoLeft(page: Page, picture: number, share: number): Promise<void> {
  const box = await page.getByRole('application', { name: new RegExp(`^Picture ${picture},`) }).boundingBox();
  if (box === null) throw new Error('The picture is not on the screen.');
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(0.01, 0.01));
  await page.mouse.down();
  for (const corner of [at(share, 0.01), at(share, 0.99), at(0.01, 0.99), at(0.01, 0.02)])
    await page.mouse.move(...corner, { steps: 6 });
  await page.mouse.up();
}

async function saved(page: Page, act: () => Promise<void>): Promise<string> {
  const coming = page.waitForEvent('download');
  await act();
  return (await readFile(await (await coming).path())).toString('latin1');
}

const selectedCount = async (page: Page): Promise<number> => {
  const words = await page.getByRole('region', { name: 'Selection' }).getByRole('heading').textContent();
  return Number(/^(\d+) spots? selected$/.exec(words ?? '')?.[1] ?? 0);
};

test('a lasso on the map selects everywhere, meets the filter of the legend, and is saved as a table', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().tissueProject, 'tissue.lacuna'));
  await goTo(page, 'Explore');
  await expect(page.getByRole('application', { name: /^Picture [12], 300 points/ })).toHaveCount(2, {
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Select with a lasso' }).click();
  await lassoLeft(page, 2, 0.5);
  const onMap = await selectedCount(page);
  expect(onMap).toBeGreaterThan(20);
  expect(onMap).toBeLessThan(280);

  // What stands on the left of the map comes to the right: the same half holds the other spots.
  await page.getByRole('region', { name: 'Tissue' }).getByRole('button', { name: 'Flip left to right' }).click();
  await page.getByRole('button', { name: /^Intersect with the selection/ }).click();
  await lassoLeft(page, 2, 0.49);
  expect(await selectedCount(page)).toBeLessThan(0.2 * onMap);
  await page.getByRole('button', { name: 'New selection' }).click();
  await lassoLeft(page, 1, 0.99);
  expect(await selectedCount(page)).toBe(300);

  const legend = page.getByRole('region', { name: 'Legend' });
  await legend.getByRole('button', { name: 'None', exact: true }).click();
  await legend.getByRole('listitem').first().getByRole('button').click();
  const size = Number(await legend.getByRole('listitem').first().locator('.size').textContent());
  const selection = page.getByRole('region', { name: 'Selection' });
  await selection.getByRole('button', { name: 'Only shown' }).click();
  expect(await selectedCount(page)).toBe(size);
  const table = await saved(page, () => selection.getByRole('button', { name: 'Save as CSV' }).click());
  const lines = table.trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^barcode,x,y,x_um,y_um,[^,]+,selected$/);
  expect(lines).toHaveLength(size + 1);
  expect(new Set(lines.slice(1).map((line) => line.split(',').slice(-2).join()))).toHaveProperty('size', 1);
});

test('a section is seen as measured, denoised and as the difference, and saved as PDF', async ({
  page,
  home,
  open,
}) => {
  test.setTimeout(120_000);
  await open(copyInto(home, testData().tissueProject, 'tissue.lacuna'));
  await goTo(page, 'Explore');
  const shows = (picture: number) => page.getByRole('combobox', { name: `Picture ${picture}: what it shows` });
  await expect(shows(1)).toBeVisible({ timeout: 60_000 });
  await shows(1).selectOption({ label: 'Tissue' });
  const picker = page.getByRole('combobox', { name: 'Colour by' });
  await picker.click();
  const genes = page.getByRole('listbox', { name: 'What to colour by' }).getByRole('option');
  await expect(genes.nth(14)).toBeVisible();
  const gene = (await genes.nth(14).locator('.label').textContent()) ?? '';
  await genes.nth(14).click();
  await page.getByRole('button', { name: 'Observed | denoised' }).click();
  await page.getByRole('button', { name: 'Three pictures' }).click();
  await shows(3).selectOption({ label: 'Tissue' });
  await page.getByRole('combobox', { name: 'Picture 3: values' }).selectOption({ label: 'observed − denoised' });
  await expect(page.getByRole('region', { name: 'Picture 3' })).toContainText('observed − denoised');

  // One is moved with the keys, and the others follow: their scale bars say so.
  const bars = page.getByRole('application').locator('svg text');
  await expect(bars).toHaveCount(3);
  const before = await bars.first().textContent();
  await page.getByRole('application', { name: /^Picture 2/ }).focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('+');
  await expect(bars.first()).not.toHaveText(before ?? '');
  await expect.poll(async () => new Set(await bars.allTextContents()).size).toBe(1);

  const pdf = await saved(page, async () => {
    await page.getByRole('button', { name: 'Save this picture' }).nth(1).click();
    await page.getByRole('menuitem', { name: 'PDF' }).click();
  });
  expect(pdf.startsWith('%PDF-')).toBe(true);
  for (const words of [gene, 'log\\(1 + x\\), denoised']) expect(pdf).toContain(`(${words}) Tj`);
});

for (const [kind, path] of [
  ['made', () => testData().visiumFolder],
  ['real', () => REAL],
] as const) {
  test(`a ${kind} Visium section lies on its image, with spots of their true size`, async ({ page, home, open }) => {
    test.skip(kind === 'real' && !existsSync(REAL), 'no real section on this computer');
    test.setTimeout(120_000);
    const coming = page.waitForResponse((response) => /\/image\//.test(response.url()), { timeout: 60_000 });
    await open(imported(path(), home));
    await goTo(page, 'Explore');
    expect((await coming).headers()['content-type']).toMatch(/^image\//);
    const tissue = page.getByRole('region', { name: 'Tissue' });
    await expect(tissue.getByRole('checkbox', { name: 'spots at their true size' })).toBeChecked();
    const image = tissue.getByRole('combobox', { name: 'Image beneath the spots' });
    expect(await image.locator('option').count()).toBeGreaterThan(1);
    await expect(page.getByRole('application').locator('svg text')).toHaveText(/^\d+ (µm|mm)$/);
    await image.selectOption({ label: 'none' });
    await expect(tissue.getByRole('slider', { name: 'Brightness of the image' })).toHaveCount(0);
    const svg = await saved(page, async () => {
      await page.getByRole('button', { name: 'Save this picture' }).first().click();
      await page.getByRole('menuitem', { name: 'SVG, points as shapes' }).click();
    });
    const sizes = [...svg.matchAll(/<circle cx="[\d.]+" cy="[\d.]+" r="([\d.]+)"/g)].map(([, r]) => Number(r));
    expect(sizes.length).toBeGreaterThan(250);
    expect(new Set(sizes.slice(0, 250)).size).toBe(1);
  });
}
