import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { launchLacuna, type RunningLacuna } from '../hosts/browser-host.ts';
import { electronFixtures } from '../hosts/electron-fixtures.ts';
import { whyNoElectron } from '../hosts/electron-host.ts';
import { findChromium } from './chromium.ts';

interface Fixtures {
  /** An empty folder for this spec: the home of a person who has never used Lacuna. */
  home: string;
  /** Starts Lacuna and shows it in the page; what is still running afterwards is ended. */
  open: (project?: string, home?: string) => Promise<RunningLacuna>;
  /** Skips where there is nothing to drive. */
  browserIsHere: void;
  /** Things that the page must not do in any spec. */
  faults: string[];
}

const inBrowser = base.extend<Fixtures>({
  home: async ({ browserName }, use) => {
    void browserName;
    const home = realpathSync(mkdtempSync(join(tmpdir(), 'lacuna-home-')));
    mkdirSync(join(home, 'data'));
    await use(home);
    rmSync(home, { recursive: true, force: true });
  },
  browserIsHere: async ({ browserName }, use) => {
    void browserName;
    test.skip(findChromium() === null, 'no Chromium on this computer: install one, or name it in LACUNA_CHROMIUM');
    await use();
  },
  faults: [
    // The order matters: a page cannot be asked for before it is known that there is a browser.
    async ({ browserIsHere, page }, use) => {
      void browserIsHere;
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(`Error in the page: ${error.stack ?? error.message}`));
      page.on('console', (message) => {
        if (/content security policy/i.test(message.text())) faults.push(message.text());
      });
      page.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') faults.push(`Asked ${request.url()}`);
      });
      await use(faults);
      // A fault that repeats with every frame is told once.
      expect(
        [...new Set(faults)].slice(0, 5),
        'errors in the page, breaches of its policy, and questions to other computers',
      ).toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ page, home }, use) => {
    const started: RunningLacuna[] = [];
    await use(async (project, ofHome = home) => {
      const lacuna = await launchLacuna({ home: ofHome, project });
      started.push(lacuna);
      await page.goto(lacuna.address);
      return lacuna;
    });
    // The page first: it would complain that the core is gone.
    await page.goto('about:blank');
    for (const lacuna of started) await lacuna.close();
  },
});

/** The same specs on either host: `LACUNA_E2E_HOST=electron` runs them in Electron. */
const isElectron = process.env.LACUNA_E2E_HOST === 'electron';
export const test = isElectron ? (inBrowser.extend(electronFixtures) as typeof inBrowser) : inBrowser;

const whyNot = isElectron
  ? whyNoElectron()
  : findChromium() === null
    ? 'no Chromium on this computer: install one, or name it in LACUNA_CHROMIUM'
    : null;
test.skip(whyNot !== null, whyNot ?? '');

export { expect, type Page };
