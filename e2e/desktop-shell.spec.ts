import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchLacuna, whyNoElectron, type LacunaInElectron } from './hosts/electron-host.ts';

/** What only the desktop shell has; the screens are the business of the other specs, on either host. */
test.describe('the desktop shell', () => {
  const why = whyNoElectron();
  test.skip(why !== null, why ?? '');

  let home: string;
  let lacuna: LacunaInElectron;

  test.beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'lacuna-electron-'));
    lacuna = await launchLacuna({ home });
  });
  test.afterAll(async () => {
    await lacuna.close();
    rmSync(home, { recursive: true, force: true });
  });

  test('opens the window on app://lacuna', async () => {
    await expect(lacuna.page).toHaveTitle('Lacuna');
    expect(lacuna.page.url()).toBe('app://lacuna/');
    await expect(lacuna.page.getByRole('banner')).toBeVisible();
  });

  test('gives the page the named functions, and neither Node nor Electron', async () => {
    const seen = await lacuna.page.evaluate(() => ({
      shell: Object.keys((window as unknown as { lacunaShell: object }).lacunaShell).sort(),
      node: ['require', 'process', 'Buffer', 'module'].filter((name) => name in window),
    }));
    expect(seen).toEqual({ shell: ['onCommand', 'onOpenProject', 'pathOf', 'pick', 'setTheme'], node: [] });
  });

  test('refuses further windows and other addresses', async () => {
    expect(await lacuna.page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
    await lacuna.page.evaluate(() => void (location.href = 'https://example.org/'));
    await expect.poll(() => lacuna.page.url()).toBe('app://lacuna/');
  });
});
