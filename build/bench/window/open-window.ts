import { copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { launchLacuna } from '../../../e2e/hosts/browser-host.ts';
import { startBrowser } from './measured-browser.ts';

/** The real application in a real browser, at home in a folder of its own. */
export interface OpenWindow {
  browser: Browser;
  page: Page;
  address: string;
  folder: string;
  close(): Promise<void>;
}

/**
 * Opens Lacuna on a copy of a project.
 *
 * @param watch runs in the page before anything else does
 */
export async function openWindow(project: string, watch: () => void): Promise<OpenWindow> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lacuna-bench-window-')));
  const copy = join(folder, 'Measured.lacuna');
  copyFileSync(project, copy);
  const lacuna = await launchLacuna({ home: folder, project: copy });
  let browser: Browser | null = null;
  const close = async (): Promise<void> => {
    await browser?.close();
    await lacuna.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    browser = await startBrowser();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(watch);
    await page.goto(lacuna.address);
    return { browser, page, address: lacuna.address, folder, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
