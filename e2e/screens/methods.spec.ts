import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/test.ts';
import { copyInto, testData } from '../support/test-data.ts';
import { goTo } from '../support/steps.ts';

test('a method is explained with its picture, its cost here and its papers, and leads to Learn', async ({
  page,
  home,
  open,
}) => {
  await open(copyInto(home, testData().cellsProject, 'cells.lacuna'));
  await goTo(page, 'Learn');
  await page.getByRole('button', { name: 'How it works: Variational autoencoder (β-VAE)' }).click();

  const article = page.getByRole('region', { name: 'Variational autoencoder (β-VAE) explained' });
  await expect(article.getByRole('img', { name: /standard normal distribution/ })).toBeVisible();
  await expect(article.getByRole('table', { name: /on this computer/ })).toContainText(/Recommended.*[MG]B/);
  await expect(article).toContainText('doi:10.48550/arXiv.1312.6114');
  await expect(page.getByRole('button', { name: 'Copy the DOI of Auto-Encoding Variational Bayes' })).toBeVisible();
  expect((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()).violations).toEqual([]);

  // Cells without positions: the page says so before anybody tries.
  const list = page.getByRole('navigation', { name: 'Methods' });
  await list.getByRole('button', { name: 'SUICA' }).click();
  await expect(list.getByRole('button', { name: 'SUICA' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByText(/^Not for .*position/)).toBeVisible();

  await list.getByRole('button', { name: 'Principal components (PCA)' }).click();
  await page.getByRole('button', { name: 'Learn with Principal components (PCA), Scaled genes' }).click();
  const settings = page.getByRole('complementary', { name: 'Settings of the run' });
  await expect(settings.getByRole('radio', { name: /^Scaled genes/ })).toBeChecked();
});

test('every method is found from the palette and the help, without a project too', async ({ page, open }) => {
  await open();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command, gene or run' }).fill('zipo');
  await page.getByRole('option', { name: /^ZiPo/ }).click();
  await expect(page.getByRole('heading', { name: 'ZiPo', exact: true })).toBeVisible();
  await expect(page.getByText('Open a dataset to see what it would cost on this computer.')).toBeVisible();

  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('button', { name: 'Mean of all cells' }).click();
  await expect(page.getByRole('region', { name: 'Mean of all cells explained' })).toContainText(
    'what others are checked against',
  );
});
