import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from './support/test.ts';
import { copyInto, testData } from './support/test-data.ts';
import { goTo, stepButton } from './support/steps.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
/** Screens of a project, each with what shows that it has arrived, and what must be in sight on a small window. */
const SCREENS = [
  { step: 'Import', ready: 'heading:In this project', primary: 'Open a file …' },
  { step: 'Quality', ready: 'complementary:What stays', primary: 'Next: Prepare' },
  { step: 'Prepare', ready: 'button:Applied', primary: 'Next: Learn' },
  { step: 'Learn', ready: 'complementary:Settings of the run', primary: 'Start the run' },
  { step: 'Explore', ready: 'region:Legend', primary: 'Show everything' },
  { step: 'Score', ready: 'heading:Nothing is scored yet', primary: 'Score 3 runs against cell_type' },
  { step: 'Export', ready: 'region:Where it goes', primary: 'Save to folder' },
] as const;
/** In a folder that git ignores: every screen in both themes and sizes, to be looked at. */
const PICTURES = join(import.meta.dirname, '.pictures');

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });

    test('the screens of a project fit, and axe finds nothing serious', async ({ page, home, open }) => {
      test.setTimeout(240_000);
      await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
      for (const { step, ready, primary } of SCREENS) {
        await goTo(page, step);
        const [role, name] = ready.split(':');
        await expect(page.getByRole(role as 'region', { name, exact: true })).toBeVisible({ timeout: 60_000 });
        await look(page, `${step.toLowerCase()}-${theme}`, primary);
      }
    });

    test('start, settings, help and palette fit, and axe finds nothing serious', async ({ page, open }) => {
      test.setTimeout(120_000);
      await open();
      await expect(page.getByText('None yet.')).toBeVisible();
      await look(page, `start-${theme}`, 'Open a file …');
      await page.getByRole('button', { name: 'Settings' }).click();
      await expect(page.getByRole('combobox', { name: 'Threads of a training' })).toBeVisible();
      await look(page, `settings-${theme}`);
      await page.getByRole('button', { name: 'Help' }).click();
      await expect(page.getByRole('heading', { name: 'Methods' })).toBeVisible();
      await look(page, `help-${theme}`);
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('combobox', { name: 'Find a command, gene or run' })).toBeVisible();
      await look(page, `palette-${theme}`);
      await expect(stepButton(page, 'Import')).toHaveCount(0);
    });
  });
}

/** Both sizes: nothing that scrolls sideways, the primary action in sight, a picture; and axe once. */
async function look(page: Page, name: string, primary?: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(sideways, `${name} at ${size.width} px: page wider than the window by`).toBeLessThanOrEqual(0);
    if (primary !== undefined) {
      const action = page.getByRole('button', { name: primary, exact: true }).last();
      await expect.soft(action, `${name} at ${size.width} px: ${primary}`).toBeInViewport();
    }
    await page.screenshot({ path: join(PICTURES, `${name}-${size.width}.png`) });
  }
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).join('; ')}`,
    );
  expect.soft(serious, name).toEqual([]);
  await page.setViewportSize(SIZES[0]);
}
