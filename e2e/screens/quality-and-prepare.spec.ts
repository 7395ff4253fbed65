import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

test('limits are dragged, moved with the keys or typed, and what they keep is counted at once', async ({
  page,
  home,
  open,
}) => {
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Quality');
  const stays = page.getByRole('complementary', { name: 'What stays' });
  await expect(stays.getByRole('status')).toHaveText(/keeps 300 of 300\s+cells/);

  const least = page.getByRole('slider', { name: 'Counts per cell, at least' });
  await expect(least).toHaveAttribute('aria-valuetext', 'no limit');
  const handle = await least.boundingBox();
  if (handle === null) throw new Error('The handle is not on the screen.');
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x + 250, handle.y + handle.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(least).toHaveAttribute('aria-valuetext', /^[\d,]+ counts$/);
  await expect(stays.getByRole('status')).not.toHaveText(/keeps 300 of/);
  const dragged = await keptCells();

  await least.press('PageUp');
  expect(await keptCells()).toBeLessThan(dragged);
  await least.press('Home');
  await expect(least).toHaveAttribute('aria-valuetext', 'no limit');
  await expect(stays.getByRole('status')).toHaveText(/keeps 300 of 300/);

  await page.getByRole('spinbutton', { name: 'Counts per cell, At least' }).fill('1500');
  const typed = await keptCells();
  expect(typed).toBeGreaterThan(0);
  expect(typed).toBeLessThan(300);
  await expect(stays.getByRole('row', { name: `at least 1,500 counts ${300 - typed}` })).toBeVisible();

  // The same limits lie on violins, and move there too.
  await expect(page.getByRole('img', { name: 'Histogram of counts per cell' })).toBeVisible();
  await page.getByRole('radio', { name: 'Violins' }).check();
  await expect(page.getByRole('img', { name: 'Violin of counts per cell' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Histogram/ })).toHaveCount(0);
  await expect(least).toHaveAttribute('aria-valuetext', '1,500 counts');
  const onViolin = await least.boundingBox();
  if (onViolin === null) throw new Error('The handle is not on the screen.');
  await page.mouse.move(onViolin.x + onViolin.width / 2, onViolin.y + onViolin.height / 2);
  await page.mouse.down();
  await page.mouse.move(onViolin.x - 60, onViolin.y + onViolin.height / 2, { steps: 5 });
  await page.mouse.up();
  const draggedBack = await keptCells();
  expect(draggedBack).toBeGreaterThan(typed);
  await least.press('PageUp');
  expect(await keptCells()).toBeLessThan(draggedBack);

  async function keptCells(): Promise<number> {
    return Number((await stays.getByRole('status').textContent())?.match(/keeps (\d+)/)?.[1]);
  }
});

test('applied limits are one step that can be undone, and make earlier runs out of date', async ({
  page,
  home,
  open,
}) => {
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Quality');
  const typed = page.getByRole('spinbutton', { name: 'Genes per cell, At most' });
  await typed.fill('120');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Applied', exact: true })).toBeVisible();
  await expect(
    page
      .getByRole('tree', { name: 'Project' })
      .getByRole('treeitem', { name: /out of date/i })
      .first(),
  ).toBeVisible();

  await page.getByRole('heading', { name: 'Quality', level: 1 }).click();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/^Undone: Keep \d+ cells$/)).toBeVisible();
  await expect(typed).toHaveValue('');
  await expect(page.getByRole('tree', { name: 'Project' }).getByRole('treeitem', { name: /out of date/i })).toHaveCount(
    0,
  );
  await page.keyboard.press('Control+Shift+z');
  await expect(typed).toHaveValue('120');
});

test('suggested limits are one click away, and the map says where the lost spots lie', async ({ page, home, open }) => {
  await open(copyInto(home, testData().tissueProject, 'tissue.lacuna'));
  await goTo(page, 'Quality');
  await expect(page.getByRole('application', { name: /^Tissue: 0 lost spots among 300/ })).toBeVisible();
  await page.getByRole('button', { name: 'Use suggested limits' }).click();
  await expect(page.getByRole('button', { name: 'Use suggested limits' })).toBeDisabled();
  await page.getByLabel('Picture').selectOption({ label: 'Counts (→) against genes (↑)' });
  await expect(page.getByRole('application', { name: /^Counts .* against genes/ })).toBeVisible();
});

test('a preset of Prepare shows what it does, is applied and undone', async ({ page, home, open }) => {
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Prepare');
  const preset = page.getByLabel('Start from');
  await expect(preset).toHaveValue('log');
  await expect(page.getByText('A method would see')).toContainText('300 cells × 200 genes');

  await page.getByRole('radio', { name: 'The most variable genes' }).check();
  await page.getByRole('spinbutton', { name: /at most/ }).fill('50');
  await expect(preset.locator('option:checked')).toHaveText('Own choices');
  await expect(page.getByText('A method would see')).toContainText('300 cells × 50 of 200 genes');
  await expect(page.getByRole('img', { name: /^Genes by mean/ })).toBeVisible();
  // Tables for readers of the screen, as long as the charts are rich, do not make it scroll beyond its end.
  const beyond = await page.getByRole('region', { name: 'Prepare' }).evaluate((screen) => {
    const end = screen.lastElementChild?.getBoundingClientRect().bottom ?? 0;
    return screen.scrollHeight - screen.scrollTop - (end - screen.getBoundingClientRect().top);
  });
  expect(beyond).toBeLessThan(40);

  await preset.selectOption({ label: 'Values as they are' });
  await expect(page.getByRole('img', { name: /^Total per cell/ })).toBeVisible();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Applied', exact: true })).toBeVisible();
  await page.getByRole('heading', { name: 'Prepare', level: 1 }).click();
  await page.keyboard.press('Control+z');
  await expect(preset).toHaveValue('log');
});
