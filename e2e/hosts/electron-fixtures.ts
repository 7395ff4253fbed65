import type {
  Fixtures,
  Page,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
} from '@playwright/test';
import type { RunningLacuna } from './browser-host.ts';
import { launchLacuna } from './electron-host.ts';
import { LatePage } from './late-page.ts';

interface OwnFixtures {
  home: string;
  latePage: LatePage;
  open: (project?: string, home?: string) => Promise<RunningLacuna>;
}

/** What the specs' fixtures are in Electron: the page is the window's, and opening Lacuna brings it. */
export const electronFixtures: Fixtures<
  Pick<OwnFixtures, 'latePage'>,
  object,
  Omit<OwnFixtures, 'latePage'> & PlaywrightTestArgs & PlaywrightTestOptions,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = {
  latePage: async ({ browserName }, use) => {
    void browserName;
    await use(new LatePage());
  },
  page: async ({ latePage }, use) => use(latePage.page as Page),
  open: async ({ latePage, home, viewport, colorScheme }, use) => {
    const started: RunningLacuna[] = [];
    await use(async (project, ofHome = home) => {
      const lacuna = await launchLacuna(
        { home: ofHome, project },
        viewport ?? undefined,
        colorScheme === 'dark' ? 'dark' : 'light',
      );
      started.push(lacuna);
      latePage.become(lacuna.page);
      return lacuna;
    });
    for (const lacuna of started) await lacuna.close().catch(() => {});
  },
};
