import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './support/chromium.ts';

/**
 * The window in a real Chromium, with the real host, real worker processes and real project files:
 *
 *     npm test -- window
 *
 * `LACUNA_CHROMIUM` names another browser; `LACUNA_RENDERER_DIR` another built window.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '.results',
  globalSetup: './support/global-setup.ts',
  globalTeardown: './support/global-teardown.ts',
  // Two cores: one for the page, one for the process that trains.
  workers: 1,
  fullyParallel: false,
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findChromium() ?? undefined, args: chromiumArguments() },
  },
});
