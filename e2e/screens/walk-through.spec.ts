import { expect, test } from '../support/test.ts';
import { stepButton, treeItem } from '../support/steps.ts';

const STOPS = [
  { step: 'Import', title: 'What was imported' },
  { step: 'Quality', title: 'Quality' },
  { step: 'Learn', title: 'Learn' },
  { step: 'Explore', title: 'Explore' },
  { step: 'Export', title: 'Export' },
];

test('the simulated tissue is made, shown, and walked through in five steps', async ({ page, open }) => {
  test.setTimeout(360_000);
  await open();
  await page.getByRole('button', { name: 'Try it on a simulated tissue' }).click();
  await expect(page.getByRole('progressbar', { name: 'Making the simulated tissue' })).toBeVisible();

  const coach = page.getByRole('region', { name: 'Walk-through' });
  await expect(coach).toContainText('A finished project', { timeout: 180_000 });
  await expect(stepButton(page, 'Explore')).toHaveAttribute('aria-current', 'step');
  await expect(page.getByRole('application', { name: /^Picture 1, \d+ points/ })).toBeVisible();
  // Finished: there are runs, and none is under way.
  await expect(treeItem(page, /, done/)).not.toHaveCount(0);
  await expect(treeItem(page, /, (running|queued|failed)/)).toHaveCount(0);

  await coach.getByRole('button', { name: 'Show me' }).click();
  for (const [i, { step, title }] of STOPS.entries()) {
    await expect(coach).toContainText(`${i + 1} of ${STOPS.length}`);
    await expect(coach).toContainText(title);
    await expect(stepButton(page, step)).toHaveAttribute('aria-current', 'step');
    await expect(page.getByRole('alert')).toHaveCount(0);
    if (i < STOPS.length - 1) await coach.getByRole('button', { name: 'Next' }).click();
  }

  // Back, and back again after having wandered off.
  await coach.getByRole('button', { name: 'Back' }).click();
  await expect(coach).toContainText('4 of 5');
  await stepButton(page, 'Score').click();
  await coach.getByRole('button', { name: 'Go there' }).click();
  await expect(stepButton(page, 'Explore')).toHaveAttribute('aria-current', 'step');
  await coach.getByRole('button', { name: 'Next' }).click();
  await coach.getByRole('button', { name: 'Done' }).click();
  await expect(coach).toHaveCount(0);

  // The next one is a copy, and whoever knows the way puts the walk-through away.
  await expect(page.getByRole('contentinfo', { name: 'Jobs' })).toContainText(/No job is running|Scoring .*: done/, {
    timeout: 120_000,
  });
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Try it on a simulated tissue' }).click();
  await expect(coach).toBeVisible();
  await coach.getByRole('button', { name: 'Show me' }).press('Escape');
  await expect(coach).toHaveCount(0);
  await expect(treeItem(page, /, done/)).not.toHaveCount(0);
});
