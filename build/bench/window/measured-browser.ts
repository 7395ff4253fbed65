import { chromium, type Browser } from '@playwright/test';
import { chromiumArguments, findChromium } from '../../../e2e/support/chromium.ts';

/** Starts the browser that the window is measured in. @throws Error where there is none */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new Error('no Chromium on this computer: install one, or name it in LACUNA_CHROMIUM');
  return chromium.launch({ executablePath, args: chromiumArguments() });
}

/** What a figure that depends on drawing must be read with. */
export function drawnWith(browser: Browser): string {
  return `Chromium ${browser.version()}, without a graphics card: everything is drawn by the processor (SwiftShader).`;
}
